import { parseDocumentName } from '@questlog/shared/protocol/documents'
import type { Bus, BusEvent, BusMessage } from '../bus/bus.ts'
import type { Follower } from './create-follower.ts'

/**
 * A bus that a follower hears all of: what this process publishes, which it committed itself, and what others tell. It
 * hears until the bus is closed, which is left to whoever opened it.
 */
export function followBus(bus: Bus, follower: Pick<Follower, 'note' | 'lookAround'>): Bus {
  const hear = (event: BusEvent, at: 'here' | 'elsewhere'): void => {
    if (event.kind !== 'appended' && event.kind !== 'revised') return
    const document = parseDocumentName(event.document)
    if (document?.kind === 'workspace') follower.note(document.id, at)
  }

  let isPublishing = false
  bus.subscribe((event) => {
    // Hints that were lost are made up for by reading.
    if (event.kind === 'resync') follower.lookAround()
    else if (!isPublishing) hear(event, 'elsewhere')
  })

  return {
    publish(message: BusMessage) {
      isPublishing = true
      bus.publish(message)
      isPublishing = false
      hear(message, 'here')
    },
    subscribe: (listener) => bus.subscribe(listener),
    close: () => bus.close(),
  }
}
