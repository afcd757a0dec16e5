import { newId } from '@questlog/shared/domain/kernel/ids'
import { type Guard, isOneOf, isShape, isString } from '@questlog/shared/domain/kernel/value-shape'
import { createCaughtUp, type DiskWatch } from './disk-watch.ts'

interface WriteMessage {
  readonly type: 'writing' | 'written'
  readonly write: string
}

const isWriteMessage: Guard<WriteMessage> = isShape({ type: isOneOf(['writing', 'written']), write: isString })

/** How long a write may take before its tab counts as crashed; nothing but the disk is asked then. */
const PATIENCE_MS = 1000

/**
 * Watches by messages, for pages that the browser grants no Web Locks (plain http on another host than localhost). A
 * write is announced in the task that begins it, so that a tab which crashes has either said so or written nothing. Of
 * one that never says it is over, the row is read behind it after a while: IndexedDB lets no read overtake a write that
 * began before.
 */
export function watchDiskByChannel(
  documentName: string,
  catchUp: () => Promise<void>,
  patienceMs = PATIENCE_MS,
): DiskWatch {
  const name = `questlog/writes/${documentName}`
  const caughtUp = createCaughtUp()
  const underWay = new Map<string, ReturnType<typeof setTimeout>>()
  let channel: BroadcastChannel | null = null
  let looks = 0

  function look(): void {
    looks += 1
    const thisLook = looks
    catchUp().then(
      () => thisLook === looks && caughtUp.tell(true),
      // A disk that cannot be read vouches for nothing. The store reports it, and announces once it writes again.
      () => undefined,
    )
  }

  function begin(write: string): void {
    looks += 1
    caughtUp.tell(false)
    clearTimeout(underWay.get(write))
    underWay.set(
      write,
      setTimeout(() => end(write), patienceMs),
    )
  }

  function end(write: string): void {
    clearTimeout(underWay.get(write))
    underWay.delete(write)
    if (underWay.size === 0) look()
  }

  return {
    announce(write) {
      // One of its own: the tab's watching channel would not hear it, and may be closed while a page goes away.
      const announcing = new BroadcastChannel(name)
      const id: string = newId()
      const post = (type: WriteMessage['type']) => announcing.postMessage({ type, write: id } satisfies WriteMessage)
      post('writing')
      return write().finally(() => {
        post('written')
        announcing.close()
      })
    },
    start() {
      if (channel !== null) return
      channel = new BroadcastChannel(name)
      channel.onmessage = ({ data }) => {
        if (!isWriteMessage(data)) return
        if (data.type === 'writing') begin(data.write)
        else end(data.write)
      }
      look()
    },
    stop() {
      channel?.close()
      channel = null
      looks += 1
      for (const timer of underWay.values()) clearTimeout(timer)
      underWay.clear()
      caughtUp.tell(false)
    },
    onCaughtUp: caughtUp.onCaughtUp,
  }
}
