import type { SessionState } from '@questlog/shared/client/session/session'
import { beforeEach, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { dismissToast, showToast, useToasts } from '../../ui/toasts.ts'
import { tellOfVolatileStorage } from './tell-of-volatile-storage.ts'

let told: Map<string, string>
beforeEach(() => {
  told = new Map()
  dismissToast()
})

function tell({ isKept = false, isSignedIn = false } = {}): Promise<void> {
  const person = isSignedIn ? { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', displayName: 'Ana' } : null
  const state = createStore(() => ({ person }) as unknown as SessionState)
  const memory = {
    read: (key: string) => told.get(key) ?? null,
    write: (key: string, text: string) => told.set(key, text).has(key),
  }
  const report = async () => ({ persistent: isKept, usageBytes: null, quotaBytes: null })
  return tellOfVolatileStorage({ session: { state, storage: { isKept: Promise.resolve(isKept), report } }, memory })
}

const shown = () => useToasts.getState().toast?.message

test('a person without an account is told once that the browser may throw the log away', async () => {
  await tell()
  expect(shown()).toBe('device.mayGo')
  dismissToast()
  await tell()
  expect(shown()).toBeUndefined()
})

test('whoever has an account, or whose browser keeps the log, is told nothing, and may be told later', async () => {
  await tell({ isKept: true })
  await tell({ isSignedIn: true })
  expect([shown(), told.size]).toEqual([undefined, 0])
})

test('it waits until whatever else is said is gone', async () => {
  showToast({ tone: 'info', message: 'own.saved' })
  const telling = tell()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(shown()).toBe('own.saved')
  dismissToast()
  await telling
  expect(shown()).toBe('device.mayGo')
})
