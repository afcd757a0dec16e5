import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterAll, vi } from 'vitest'
import { setPreferences } from '../theme/preferences.ts'

// Files of tests run in one worker, one after the other: what one of them changed for all is put back after it.
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  globalThis.indexedDB = new IDBFactory()
  setPreferences({ language: 'en' })
})
