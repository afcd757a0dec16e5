import { beforeEach, expect, test, vi } from 'vitest'
import { whenIdle } from './when-idle.ts'

let run: number
beforeEach(() => {
  run = 0
  vi.useFakeTimers()
})

/** Whether a task is run within some seconds. */
function isRunInTime(): boolean {
  whenIdle(() => {
    run += 1
  })
  expect(run).toBe(0)
  vi.advanceTimersByTime(10_000)
  return run === 1
}

test('a page that is never idle runs what waits for that all the same', () => {
  vi.stubGlobal('requestIdleCallback', (callback: () => void, options?: { readonly timeout?: number }) => {
    if (options?.timeout !== undefined) setTimeout(callback, options.timeout)
  })
  expect(isRunInTime()).toBe(true)
})

test('a browser that does not tell when a page is idle runs it a moment later', () => {
  expect(isRunInTime()).toBe(true)
})
