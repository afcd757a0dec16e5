import { expect, test, vi } from 'vitest'
import { LocalStoreFailure } from '../ports/local-store.ts'
import { addQuest, makeDevice, TEST_REF } from '../testing/devices.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import type { DeviceLog } from './device-log.ts'
import { type LeftOverDeps, leftOversOf, takeInLeftOvers } from './left-over-documents.ts'

const nameOf = (epoch: number) => `w:${TEST_REF.id}:${epoch}`
const refOf = (epoch: number): WorkspaceRef => ({ ...TEST_REF, documentName: nameOf(epoch) })
const logIn = (epoch: number): DeviceLog => ({ ref: refOf(epoch), owner: null, unsavedChanges: 0 })
const titlesOf = ({ projection }: Workspace) =>
  projection.list({ kind: 'all' }).map((id) => projection.quest(id)?.title)

/** A device whose log is in its second document, with a quest left in the first. */
async function openDevice(overrides: Parameters<typeof makeDevice>[0] = {}) {
  const device = makeDevice(overrides)
  const old = await device.open(refOf(1))
  addQuest(old, 'Left behind')
  await old.close()
  const onTakenIn = vi.fn()
  const takeIn = (deps: Partial<LeftOverDeps> = {}) =>
    takeInLeftOvers({
      documents: async () => [...device.disks.keys()],
      logs: () => [logIn(2)],
      shown: () => null,
      open: (ref) => device.open(ref),
      isFree: async () => true,
      onTakenIn,
      ...deps,
    })
  return { device, takeIn, onTakenIn, documents: () => [...device.disks.keys()] }
}

test('what is left in an old document goes into the log on screen, and the old one is gone', async () => {
  const { device, takeIn, onTakenIn, documents } = await openDevice()
  const shown = await device.open(refOf(2))
  await takeIn({ shown: () => shown })
  expect([titlesOf(shown), documents(), onTakenIn.mock.calls]).toEqual([['Left behind'], [nameOf(2)], []])
})

test('a log that is not on screen is opened for it and closed again, and counts as not sent', async () => {
  const { device, takeIn, onTakenIn, documents } = await openDevice()
  const close = vi.fn()
  const open = async (ref: WorkspaceRef) => ({ ...(await device.open(ref)), close: async () => close(ref) })
  await takeIn({ open })
  expect(close.mock.calls).toEqual([[refOf(2)]])
  expect([documents(), onTakenIn.mock.calls]).toEqual([[nameOf(2)], [[nameOf(1), refOf(2)]]])
  expect(titlesOf(await device.open(refOf(2)))).toEqual(['Left behind'])
})

test('an old document that another tab has open is left alone', async () => {
  const { takeIn, documents } = await openDevice()
  await takeIn({ isFree: async () => false })
  expect(documents()).toEqual([nameOf(1)])
})

test('an old document whose edits cannot be kept elsewhere stays, whole', async () => {
  const { device, takeIn, documents } = await openDevice()
  const shown = await device.open(refOf(2))
  const full = { ...shown, mergeFrom: () => Promise.reject(new LocalStoreFailure({ kind: 'quota-exceeded' })) }
  await takeIn({ shown: () => full })
  expect(documents()).toEqual([nameOf(1), nameOf(2)])
  expect(titlesOf(await device.open(refOf(1)))).toEqual(['Left behind'])
})

test('an old document waits for the next start while the server cannot tell how its epoch ended', async () => {
  const { device, takeIn, documents } = await openDevice({ fetchFinal: () => Promise.reject(new Error('away')) })
  const shown = await device.open(refOf(2))
  await takeIn({ shown: () => shown })
  expect([documents(), titlesOf(shown)]).toEqual([[nameOf(1), nameOf(2)], []])
})

test('only documents of a log that is in a later one are left over', () => {
  const other = 'w:01K00000000000000000000001:1'
  const logs = [logIn(2)]
  expect(leftOversOf([nameOf(1), nameOf(2), nameOf(3), other, 'something else'], logs)).toEqual([
    { documentName: nameOf(1), ref: refOf(2) },
  ])
})
