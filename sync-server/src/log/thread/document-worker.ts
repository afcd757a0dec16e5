import { parentPort } from 'node:worker_threads'
import type { ThreadAnswer, ThreadRequest } from './document-thread.ts'

parentPort?.on('message', async (request: ThreadRequest) => {
  const given = await answer(request)
  parentPort?.postMessage(given, given.ok ? ownBuffers(given.value) : [])
})

/** What is handed over instead of copied: this thread has no more use for an answer. */
function ownBuffers(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  const look = (part: unknown): void => {
    if (Array.isArray(part)) for (const element of part) look(element)
    else if (part instanceof Uint8Array && part.buffer instanceof ArrayBuffer) buffers.add(part.buffer)
  }
  look(value)
  return [...buffers]
}

async function answer({ module, task, asked }: ThreadRequest): Promise<ThreadAnswer> {
  try {
    const exported: Readonly<Record<string, unknown>> = await import(module)
    const work = exported[task]
    if (typeof work !== 'function') throw new Error(`${module} exports no function ${task}`)
    return { ok: true, value: work(...asked) }
  } catch (error) {
    return { ok: false, error }
  }
}
