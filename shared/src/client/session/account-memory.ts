import { type KeyValue, readJson, type SharedKeyValue } from '../ports/key-value.ts'
import type { AccountMemory } from '../rest/account-session.ts'

const storageKey = 'questlog.account'

/** Remembers who is signed in, so that a start without the network knows; no secrets are in it. */
export function createAccountMemory(memory: KeyValue): AccountMemory {
  return {
    read: () => readJson(memory, storageKey),
    // What cannot be kept the next start asks the server for.
    write: (value) => void memory.write(storageKey, JSON.stringify(value)),
  }
}

/** Calls back when another window signed somebody in or out: both windows must show the same person's logs. */
export function onOtherPerson(memory: SharedKeyValue, listener: () => void): () => void {
  return memory.onChangedElsewhere(storageKey, ({ before, now }) => {
    if (personIn(before) !== personIn(now)) listener()
  })
}

function personIn(stored: string | null): string | null {
  const value: unknown = JSON.parse(stored ?? 'null')
  const isPerson = typeof value === 'object' && value !== null && 'user' in value
  return isPerson ? JSON.stringify(value.user) : null
}
