import { expect, test, vi } from 'vitest'
import { LocalStoreFailure } from '../ports/local-store.ts'
import { makeDevice } from '../testing/devices.ts'
import { memoryCoordination } from '../testing/memory-coordination.ts'
import { openTestSession } from '../testing/open-test-session.ts'

test('a log that moves is shown in its new document, whether or not the old one can be removed', async () => {
  const device = makeDevice()
  const destroy = vi.fn(() => Promise.reject(new LocalStoreFailure({ kind: 'blocked' })))
  const session = await openTestSession({ open: async (ref) => ({ ...(await device.open(ref)), destroy }) })
  const before = session.state.getState().workspace
  if (before === null) throw new Error('no log was opened')
  const successor = await device.open({ ...before.ref, documentName: before.ref.documentName.replace(/1$/, '2') })
  const unhandled = vi.fn()
  process.once('unhandledRejection', unhandled)
  before.state.setState({ successor })
  await vi.waitFor(() => expect(destroy).toHaveBeenCalled())
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', unhandled)
  expect([session.state.getState().workspace, unhandled.mock.calls]).toEqual([successor, []])
})

test('a document that another tab still moves away from is left to that tab', async () => {
  const device = makeDevice()
  const socketOf = vi.fn(async () => 'held' as const)
  const session = await openTestSession({
    open: (ref) => device.open(ref),
    coordination: { ...memoryCoordination(), socketOf },
  })
  const before = session.state.getState().workspace
  if (before === null) throw new Error('no log was opened')
  const { documentName } = before.ref
  const successor = await device.open({ ...before.ref, documentName: documentName.replace(/1$/, '2') })
  before.state.setState({ successor })
  await vi.waitFor(() => expect(socketOf).toHaveBeenCalledWith(documentName))
  await new Promise((resolve) => setImmediate(resolve))
  expect([...device.disks.keys()]).toEqual([documentName, successor.ref.documentName])
})
