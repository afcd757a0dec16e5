import { Worker } from 'node:worker_threads'
import type { DocumentTask } from './document-task.ts'

/** Does work on whole documents away from the event loop, one task at a time and in order. */
export interface DocumentThread {
  /**
   * Runs a task on copies of what it is given. Rejects with `ThreadFailure` when the task throws, takes more time or
   * memory than it may, or finds too many waiting before it.
   */
  run<Asked extends readonly unknown[], Answer>(task: DocumentTask<Asked, Answer>, ...asked: Asked): Promise<Answer>
  /** Ends the thread; what it was asked and has not answered is rejected. */
  close(): Promise<void>
}

/** Why a task has no answer. The task is to blame for `overdue` and `out-of-memory`, not for `busy` and `ended`. */
export class ThreadFailure extends Error {
  readonly reason: 'threw' | 'overdue' | 'out-of-memory' | 'busy' | 'ended'

  constructor(reason: ThreadFailure['reason'], cause?: unknown) {
    super(`a document task was not answered: ${reason}`, cause === undefined ? undefined : { cause })
    this.reason = reason
  }
}

export interface ThreadLimits {
  /** Processor time of one task. Time that the machine spends on other things does not count. */
  readonly deadlineMs: number
  /** Heap of the thread. */
  readonly memoryMb: number
  /** Tasks that may wait. */
  readonly waiting: number
}

/** For work that nobody waits for. */
export const backgroundThreadLimits: ThreadLimits = { deadlineMs: 60_000, memoryMb: 1_024, waiting: 1_000 }

/** For what people wait for, though few ever do. */
export const awaitedThreadLimits: ThreadLimits = { deadlineMs: 10_000, memoryMb: 1_024, waiting: 100 }

export interface ThreadRequest {
  readonly module: string
  readonly task: string
  readonly asked: readonly unknown[]
}

export type ThreadAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown }

interface Waiting extends ThreadRequest {
  readonly resolve: (value: unknown) => void
  readonly reject: (failure: unknown) => void
}

const IDLE_MS = 30_000
const WATCH_MS = 100

/**
 * A thread that is started by the first task and ended when there was none for a while. It is closed when `stopping`
 * aborts, with whose reason all is rejected from then on.
 */
export function createDocumentThread(limits: ThreadLimits, stopping?: AbortSignal): DocumentThread {
  const waiting: Waiting[] = []
  let current: Waiting | null = null
  let worker: Worker | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false

  const rest = (): void => {
    if (timer) clearTimeout(timer)
    timer = setTimeout(() => void end(), IDLE_MS).unref()
  }

  const end = async (): Promise<void> => {
    if (timer) clearTimeout(timer)
    const ending = worker
    worker = null
    await ending?.terminate()
  }

  const settle = (finish: (task: Waiting) => void): void => {
    const task = current
    current = null
    if (task) finish(task)
    const next = waiting.shift()
    if (next) start(next)
    else rest()
  }

  /** Gives the thread up with the task it is at; the next one gets a new thread. */
  const abandon = (reason: ThreadFailure['reason'], cause?: unknown): void => {
    void end()
    settle(({ reject }) => reject(new ThreadFailure(reason, cause)))
  }

  const startWorker = (): Worker => {
    const started = new Worker(new URL('./document-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
    })
    started.on('message', (answer: ThreadAnswer) => {
      if (worker !== started) return
      settle(({ resolve, reject }) =>
        answer.ok ? resolve(answer.value) : reject(new ThreadFailure('threw', answer.error)),
      )
    })
    started.on('error', (error: NodeJS.ErrnoException) => {
      if (worker === started) abandon(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'ended', error)
    })
    started.on('exit', () => {
      if (worker === started) abandon('ended')
    })
    return started
  }

  const watch = async (task: Waiting, busyBeforeMs: number): Promise<void> => {
    const busyMs = await busyTimeMs(worker)
    if (current !== task) return
    if (busyMs - busyBeforeMs > limits.deadlineMs) abandon('overdue')
    else timer = setTimeout(() => void watch(task, busyBeforeMs), WATCH_MS).unref()
  }

  const start = (task: Waiting): void => {
    current = task
    if (timer) clearTimeout(timer)
    worker ??= startWorker()
    const copies: ArrayBuffer[] = []
    const asked = task.asked.map((part) => copied(part, copies))
    worker.postMessage({ module: task.module, task: task.task, asked } satisfies ThreadRequest, copies)
    void busyTimeMs(worker).then((busyMs) => {
      if (current === task) return watch(task, busyMs)
    })
  }

  const ended = (): unknown => (stopping?.aborted ? stopping.reason : new ThreadFailure('ended'))

  const close = async (): Promise<void> => {
    isClosed = true
    const unanswered = [...(current ? [current] : []), ...waiting.splice(0)]
    current = null
    for (const { reject } of unanswered) reject(ended())
    await end()
  }
  stopping?.addEventListener('abort', () => void close())

  return {
    run: ({ module, work }, ...asked) =>
      new Promise((resolve, reject) => {
        const request: Waiting = {
          module,
          task: work.name,
          asked,
          resolve: resolve as (value: unknown) => void,
          reject,
        }
        if (isClosed) reject(ended())
        else if (current === null) start(request)
        else if (waiting.length < limits.waiting) waiting.push(request)
        else reject(new ThreadFailure('busy'))
      }),
    close,
  }
}

/** Bytes are often views of larger network buffers, which would be sent whole, so they are copied here, once. */
function copied(part: unknown, copies: ArrayBuffer[]): unknown {
  if (Array.isArray(part)) return part.map((element) => copied(element, copies))
  if (!(part instanceof Uint8Array)) return isPlain(part) ? copiedFields(part, copies) : part
  const copy = new Uint8Array(part)
  copies.push(copy.buffer)
  return copy
}

function isPlain(part: unknown): part is object {
  return typeof part === 'object' && part !== null && Object.getPrototypeOf(part) === Object.prototype
}

function copiedFields(part: object, copies: ArrayBuffer[]): object {
  return Object.fromEntries(Object.entries(part).map(([name, field]) => [name, copied(field, copies)]))
}

async function busyTimeMs(worker: Worker | null): Promise<number> {
  const usage = await worker?.cpuUsage().catch(() => undefined)
  return usage === undefined ? 0 : (usage.user + usage.system) / 1_000
}
