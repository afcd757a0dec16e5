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
        asked.off('message', onMessage).off('error', onError).off('exit', onExit)
        idle = setTimeout(() => void end(), IDLE_MS).unref()
        finish()
      }
      const onMessage = (answer: unknown) => settle(() => resolve(answer))
      const onError = (error: unknown) => {
        worker = null
        settle(() => reject(error))
      }
      const onExit = () => onError(new Error('the compaction thread ended'))
      asked.on('message', onMessage).on('error', onError).on('exit', onExit)
      asked.postMessage(request)
    })
  }

  return {
    async compact(updates) {
      const bytes = updates.reduce((sum, update) => sum + update.length, 0)
      if (bytes <= INLINE_BYTES) return compactUpdates(updates)
      // Rows are views of larger network buffers, which would be copied whole.
      const copies = updates.map((update) => new Uint8Array(update))
      return (await ask({ kind: 'compact', updates: copies })) as CompactDocument
    },
    async verify(stored, original) {
      if (stored.length <= INLINE_BYTES) return isFaithful(stored, original)
      return (await ask({ kind: 'verify', stored: new Uint8Array(stored), original })) === true
    },
    close: end,
  }
}
