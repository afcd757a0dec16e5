import type { WriterSlots } from '../ports/writer-slots.ts'

/** Slots for the documents that one process opens. */
export function memoryWriterSlots(): WriterSlots {
  const held = new Map<string, Set<number>>()
  return {
    async take(documentName) {
      const numbers = held.get(documentName) ?? new Set()
      held.set(documentName, numbers)
      let number = 0
      while (numbers.has(number)) number += 1
      numbers.add(number)
      return { number, onLeave: () => () => {}, release: () => void numbers.delete(number) }
    },
  }
}
