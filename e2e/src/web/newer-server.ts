import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * Environment with which the server is one of a later version: it asks for these versions of a document's shape, and
 * is the real server in all else. This file is what its process imports first.
 */
export function newerServer(asked: { readonly reader: number; readonly writer: number }): Record<string, string> {
  return {
    NODE_OPTIONS: `--import=${fileURLToPath(import.meta.url)}`,
    TEST_ASKED_VERSIONS: `readerVersion: ${asked.reader}, writerVersion: ${asked.writer},`,
  }
}

const asked = process.env.TEST_ASKED_VERSIONS
if (asked !== undefined) {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (!url.endsWith('/sync-server/src/sync/hooks.ts')) return loaded
      const before = String(loaded.source)
      const source = before.replace(/readerVersion: SHAPE_VERSION,\s+writerVersion: SHAPE_VERSION,/, asked)
      if (source === before) throw new Error('the server no longer says its versions here')
      return { ...loaded, source }
    },
  })
}
