import { isArrayOf, isShape, isString } from '../../domain/kernel/value-shape.ts'
import { type KeyValue, readJson } from '../ports/key-value.ts'
import type { Person } from './device-log.ts'

/** Which logs a person wants to keep apart from the log of their account, so that they are asked once. */
export interface KeptApart {
  has(person: Person, workspaceId: string): boolean
  add(person: Person, workspaceId: string): void
}

const storageKey = 'questlog.kept-apart'
const isPairs = isArrayOf(isShape({ userId: isString, workspaceId: isString }))
const mostKept = 100

/** Opens what this device remembers of it; where nothing can be kept, they are asked again. */
export function openKeptApart(memory: KeyValue): KeptApart {
  const pairs = () => {
    const stored = readJson(memory, storageKey)
    return isPairs(stored) ? stored : []
  }
  const has: KeptApart['has'] = ({ id }, workspaceId) =>
    pairs().some((pair) => pair.userId === id && pair.workspaceId === workspaceId)
  return {
    has,
    add(person, workspaceId) {
      if (has(person, workspaceId)) return
      const kept = [...pairs(), { userId: person.id, workspaceId }].slice(-mostKept)
      memory.write(storageKey, JSON.stringify(kept))
    },
  }
}
