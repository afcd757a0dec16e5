import { Worker } from 'node:worker_threads'
import { type CompactDocument, compactUpdates, isFaithful } from './compact-update.ts'

/** What the thread is asked. */
export type CompactionRequest =
  | { readonly kind: 'compact'; readonly updates: readonly Uint8Array[] }
  | { readonly kind: 'verify'; readonly stored: Uint8Array; readonly original: CompactDocument }

/** Compacts without holding up the event loop. */
export interface CompactionThread {
  compact(updates: readonly Uint8Array[]): Promise<CompactDocument>
  verify(stored: Uint8Array, original: CompactDocument): Promise<boolean>
  close(): Promise<void>
}

/** Below this the work takes a few milliseconds at most, less than handing it over. */
const INLINE_BYTES = 64 * 1024
const IDLE_MS = 30_000

/** A thread that is started by the first large document and ended when there was none for a while. */
export function createCompactionThread(): CompactionThread {
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | null = null

  const end = async (): Promise<void> => {
    if (idle) clearTimeout(idle)
    const ending = worker
    worker = null
    await ending?.terminate()
  }

  const ask = (request: CompactionRequest): Promise<unknown> => {
    if (idle) clearTimeout(idle)
    const asked = worker ?? new Worker(new URL('./compaction-worker.ts', import.meta.url))
    worker = asked
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        asked.removeAllListeners()
        idle = setTimeout(() => void end(), IDLE_MS).unref()
        finish()
      }
      asked.once('message', (answer: unknown) => settle(() => resolve(answer)))
      asked.once('error', (error) => {
        worker = null
        settle(() => reject(error))
      })
      asked.once('exit', () => settle(() => reject(new Error('the compaction thread ended'))))
      asked.postMessage(request)
    })
  }

  return {
    async compact(updates) {
      const bytes = updates.reduce((sum, update) => sum + update.length, 0)
      if (bytes <= INLINE_BYTES) return compactUpdates(updates)
      return (await ask({ kind: 'compact', updates })) as CompactDocument
    },
    async verify(stored, original) {
      if (stored.length <= INLINE_BYTES) return isFaithful(stored, original)
      return (await ask({ kind: 'verify', stored, original })) === true
    },
    close: end,
  }
}
