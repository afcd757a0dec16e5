import { readFile } from 'node:fs/promises'
import type { Server, ServerOptions } from 'node:https'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import type { Logger } from 'pino'
import { errorCode, StartError } from '../process/start-error.ts'

/** PEM files: the certificate with its chain, and its private key. */
export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

const LOOK_EVERY_MS = 60_000

/** The options of an https server that speaks TLS 1.3 and nothing older. Fails with a `StartError` naming the variables. */
export async function readTls(files: TlsFiles): Promise<ServerOptions> {
  try {
    const pair = await readPair(files)
    createSecureContext(pair)
    return { ...pair, minVersion: 'TLSv1.3' }
  } catch (cause) {
    throw new StartError(`TLS_CERT_FILE and TLS_KEY_FILE cannot be used (${errorCode(cause)}).`, { cause })
  }
}

/** Takes over a renewed certificate within a minute, without a restart; one that cannot be read leaves the old in place. */
export function keepTlsRenewed(
  server: Pick<Server, 'setSecureContext'>,
  files: TlsFiles,
  deps: { readonly logger: Logger; readonly everyMs?: number },
): () => void {
  let inUse: string | undefined
  async function look(): Promise<void> {
    try {
      const pair = await readPair(files)
      const text = `${pair.cert}${pair.key}`
      if (text !== inUse) server.setSecureContext({ ...pair, minVersion: 'TLSv1.3' })
      inUse = text
    } catch (error) {
      deps.logger.error({ err: error }, 'the renewed certificate cannot be used')
    }
  }
  const timer = setInterval(() => void look(), deps.everyMs ?? LOOK_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

async function readPair(
  files: TlsFiles,
): Promise<SecureContextOptions & { readonly cert: string; readonly key: string }> {
  const [cert, key] = await Promise.all([readFile(files.certFile, 'utf8'), readFile(files.keyFile, 'utf8')])
  // OpenSSL takes a file that is just being written for none at all, and would refuse every handshake.
  if (cert === '' || key === '') throw new Error('A file is empty')
  return { cert, key }
}
