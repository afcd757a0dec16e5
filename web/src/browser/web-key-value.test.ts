import { describeKeyValueContract } from '@questlog/shared/testing/key-value-contract'
import { expect, test } from 'vitest'
import { changeText, memoryStorage } from '../testing/memory-storage.ts'
import { type StorageChange, sharedKeyValueOf } from './web-key-value.ts'

type Listener = (change: StorageChange) => void

/** The browser's `localStorage` in memory: each tab has an own object on the same texts, and hears of the others' changes. */
function makeBrowser() {
  const kept = new Map<string, string>()
  const tabs = new Set<Set<Listener>>()
  let isFull = false
  return {
    fill() {
      isFull = true
    },
    open() {
      const listeners = new Set<Listener>()
      tabs.add(listeners)
      const change = (key: string, newValue: string | null) => {
        const oldValue = kept.get(key) ?? null
        if (isFull && newValue !== null) throw new DOMException('No room', 'QuotaExceededError')
        changeText(kept, key, newValue)
        if (oldValue === newValue) return
        for (const others of tabs)
          if (others !== listeners) for (const hear of others) hear({ key, oldValue, newValue })
      }
      const storage = memoryStorage(kept, change)
      return sharedKeyValueOf(
        () => storage,
        (listener, signal) => {
          listeners.add(listener)
          signal.addEventListener('abort', () => listeners.delete(listener))
        },
      )
    },
  }
}

describeKeyValueContract('Web Storage', makeBrowser)

test('where storage is forbidden nothing is kept, and nothing throws', () => {
  const forbidden = sharedKeyValueOf(
    () => {
      throw new DOMException('Forbidden', 'SecurityError')
    },
    () => {},
  )
  forbidden.remove('name')
  expect([forbidden.write('name', 'Ana'), forbidden.read('name'), forbidden.keys()]).toEqual([false, null, []])
})
