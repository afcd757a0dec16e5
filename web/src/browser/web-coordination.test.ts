import { describeCoordinationContract } from '@questlog/shared/testing/coordination-contract'
import { afterEach, expect, test, vi } from 'vitest'
import { holdSocket } from './socket-owner.ts'
import { webCoordination } from './web-coordination.ts'

afterEach(() => void vi.unstubAllGlobals())

describeCoordinationContract('Web Locks', () => ({
  coordination: webCoordination,
  hold: (documentName) => holdSocket(documentName, { onOwned: () => () => {}, onStatus() {} }),
}))

test('without Web Locks tasks run at once, and nobody knows what other tabs hold', async () => {
  vi.stubGlobal('navigator', {})
  const never = new Promise<void>(() => {})
  void webCoordination.alone('task', () => never)
  expect(await webCoordination.alone('task', async () => 'done')).toBe('done')
  expect(await webCoordination.socketOf('w:nobody:1')).toBe('unknown')
})
