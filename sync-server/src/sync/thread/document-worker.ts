import { parentPort } from 'node:worker_threads'
import { documentTasks } from './document-tasks.ts'
import type { ThreadAnswer, ThreadRequest } from './document-thread.ts'

const tasks: Readonly<Record<string, (...asked: never[]) => unknown>> = documentTasks

parentPort?.on('message', ({ task, asked }: ThreadRequest) => parentPort?.postMessage(answer(task, asked)))

function answer(task: string, asked: readonly unknown[]): ThreadAnswer {
  try {
    return { ok: true, value: tasks[task]?.(...(asked as never[])) }
  } catch (error) {
    return { ok: false, error }
  }
}
