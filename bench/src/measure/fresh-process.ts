import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'

/**
 * Runs a script in a process of its own, with `gc` exposed, and answers the one message it sends.
 * A fresh process for every figure: no side runs on the heap or the compiled code of another.
 */
export async function runFresh<Shape extends z.ZodType>(
  script: URL,
  shape: Shape,
  args: readonly string[],
): Promise<z.infer<Shape>> {
  const child = startChild(script, args)
  const message = await nextMessage(child)
  child.kill()
  return shape.parse(message)
}

/** Starts a script in a process of its own, with `gc` exposed and a channel for messages. */
export function startChild(script: URL, args: readonly string[], nodeArguments: readonly string[] = []): ChildProcess {
  return fork(fileURLToPath(script), args, { execArgv: ['--expose-gc', ...nodeArguments], stdio: 'inherit' })
}

/** The next message of a child; rejects when it ends before. */
export function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const hear = (message: unknown) => {
      child.off('exit', fail)
      resolve(message)
    }
    const fail = (code: number | null, signal: string | null) => {
      child.off('message', hear)
      reject(new Error(`${child.spawnargs.slice(1).join(' ')} ended early (${signal ?? code})`))
    }
    child.once('message', hear)
    child.once('exit', fail)
  })
}

/**
 * Keeps the main thread of a process on one processor; answers whether that was possible (Linux with `taskset`, two
 * processors or more). The threads it has by then stay free: a collector that must share the processor of the thread it
 * is to relieve holds it up for half a second, which no machine with a second processor does.
 */
export function pin(child: ChildProcess, processor: number): boolean {
  if (child.pid === undefined) return false
  return spawnSync('taskset', ['-cp', String(processor), String(child.pid)], { stdio: 'ignore' }).status === 0
}

/** Ends a child that exits by itself once its parent disconnects, so that a profiler in it can write what it has. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (!child.connected) return
  child.disconnect()
  await once(child, 'exit')
}
