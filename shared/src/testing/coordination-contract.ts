import { describe, expect, test } from 'vitest'
import type { Coordination } from '../client/ports/coordination.ts'

/** Windows of one device that can tell what the others do. */
export interface CoordinationHarness {
  readonly coordination: Coordination
  /** Keeps a document in sync in another window, or waits to; returns the way to stop. */
  hold(documentName: string): () => void
}

let names = 0
const nextName = () => `contract-${names++}`

/** The rules of the `Coordination` port, to be run by every adapter. */
export function describeCoordinationContract(name: string, makeHarness: () => CoordinationHarness): void {
  describe(`Coordination contract: ${name}`, () => {
    test('tasks of one name run one at a time, in the order in which they were asked for', async () => {
      const { coordination } = makeHarness()
      const task = nextName()
      const events: string[] = []
      const first = Promise.withResolvers<void>()
      const running = ['a', 'b', 'c'].map((each) =>
        coordination.alone(task, async () => {
          events.push(`${each} begins`)
          if (each === 'a') await first.promise
          events.push(`${each} ends`)
          return each
        }),
      )
      await expect.poll(() => events).toEqual(['a begins'])
      first.resolve()
      expect(await Promise.all(running)).toEqual(['a', 'b', 'c'])
      expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
    })

    test('a task of another name waits for none of them', async () => {
      const { coordination } = makeHarness()
      const never = Promise.withResolvers<void>()
      const waiting = coordination.alone(nextName(), () => never.promise)
      expect(await coordination.alone(nextName(), async () => 'done')).toBe('done')
      never.resolve()
      await waiting
    })

    test('a task that fails tells who asked for it, and holds up no other', async () => {
      const { coordination } = makeHarness()
      const task = nextName()
      const failing = coordination.alone(task, () => Promise.reject(new Error('no')))
      const next = coordination.alone(task, async () => 'done')
      await expect(failing).rejects.toThrow('no')
      expect(await next).toBe('done')
    })

    test('a document is held from the first window that syncs it to the last that stops', async () => {
      const { coordination, hold } = makeHarness()
      const documentName = `w:${nextName()}:1`
      expect(await coordination.socketOf(documentName)).toBe('free')
      const stops = [hold(documentName), hold(documentName)]
      await expect.poll(() => coordination.socketOf(documentName)).toBe('held')
      stops[0]?.()
      await expect.poll(() => coordination.socketOf(documentName)).toBe('held')
      expect(await coordination.socketOf(`w:${nextName()}:1`)).toBe('free')
      stops[1]?.()
      await expect.poll(() => coordination.socketOf(documentName)).toBe('free')
    })
  })
}
