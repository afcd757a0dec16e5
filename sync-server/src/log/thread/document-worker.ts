import { parentPort } from 'node:worker_threads'
import { documentTasks } from './document-tasks.ts'
import type { ThreadAnswer, ThreadRequest } from './document-thread.ts'

const tasks: Readonly<Record<string, (...asked: never[]) => unknown>> = documentTasks

parentPort?.on('message', ({ task, asked }: ThreadRequest) => {
  const given = answer(task, asked)
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

function answer(task: string, asked: readonly unknown[]): ThreadAnswer {
  try {
    return { ok: true, value: tasks[task]?.(...(asked as never[])) }
  } catch (error) {
    return { ok: false, error }
  }
}
