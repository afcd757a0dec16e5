import { describe, expect, onTestFinished, test } from 'vitest'
import type { SocketOwner } from '../client/ports/socket-owner.ts'

let documents = 0

/** The rules of the `SocketOwner` port, to be run by every adapter; each owner it makes is another window's. */
export function describeSocketOwnerContract(name: string, openWindow: () => SocketOwner): void {
  describe(`SocketOwner contract: ${name}`, () => {
    /** A window that wants the socket, and what happened to it in order. */
    const open = (documentName: string) => {
      const events: string[] = []
      let publish: (status: unknown) => void = () => {}
      const release = openWindow().hold(documentName, {
        onOwned(say) {
          publish = say
          events.push('owned')
          return () => events.push('lost')
        },
        onStatus: (status) => events.push(`told ${String(status)}`),
      })
      onTestFinished(release)
      return { events, release, publish: (status: unknown) => publish(status) }
    }
    const nextName = () => `w:contract-${documents++}:1`

    test('one window owns the socket, until it gives it up to one that waits', async () => {
      const documentName = nextName()
      const first = open(documentName)
      await expect.poll(() => first.events).toEqual(['owned'])
      const second = open(documentName)
      const other = open(nextName())
      await expect.poll(() => other.events).toEqual(['owned'])
      expect(second.events).toEqual([])
      first.release()
      await expect.poll(() => second.events).toEqual(['owned'])
      expect(first.events).toEqual(['owned', 'lost'])
    })

    test('a window that waits hears what the owner says, also when it comes later', async () => {
      const documentName = nextName()
      const owner = open(documentName)
      await expect.poll(() => owner.events).toEqual(['owned'])
      const waiting = open(documentName)
      owner.publish('saving')
      await expect.poll(() => waiting.events).toContain('told saving')
      const late = open(documentName)
      await expect.poll(() => late.events).toContain('told saving')
      expect(owner.events).toEqual(['owned'])
    })

    test('a window that stopped waiting never owns', async () => {
      const documentName = nextName()
      const [owner, gone] = [open(documentName), open(documentName)]
      await expect.poll(() => owner.events).toEqual(['owned'])
      gone.release()
      const next = open(documentName)
      owner.release()
      await expect.poll(() => next.events).toEqual(['owned'])
      expect(gone.events).not.toContain('owned')
    })
  })
}
