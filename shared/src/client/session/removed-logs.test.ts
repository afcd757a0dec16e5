import { expect, test, vi } from 'vitest'
import { newId } from '../../domain/kernel/ids.ts'
import { ok } from '../../domain/kernel/result.ts'
import { makeDevice } from '../testing/devices.ts'
import { memoryCoordination } from '../testing/memory-coordination.ts'
import { memoryDocuments } from '../testing/memory-documents.ts'
import { memoryKeyValues } from '../testing/memory-key-value.ts'
import { ana, changeLogs, openTestSession, signedInAsAna } from '../testing/open-test-session.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import { forgetLog, showLog } from './device-log-list.ts'

const personal: WorkspaceRef = {
  id: newId<WorkspaceRef['id']>(),
  documentName: `w:${newId()}:1`,
  name: 'Personal',
  kind: 'personal',
  role: 'owner',
}

const patience = { timeout: 10_000 }

interface Deletion {
  readonly documentName: string
  readonly end: () => void
}

/** A page of Ana's device, whose stores are deleted only when the test says so. */
async function openPage(memory = memoryKeyValues().open()) {
  const coordination = memoryCoordination()
  const device = makeDevice()
  const deletions: Deletion[] = []
  const happened: string[] = []
  const session = await openTestSession({
    account: {
      ...signedInAsAna(),
      workspaces: async () => ok([personal]),
      logout: () => new Promise<void>(() => {}),
    },
    open(ref) {
      happened.push(`open ${ref.documentName}`)
      return device.open(ref)
    },
    documents: {
      ...memoryDocuments(),
      async remove(documentName) {
        await new Promise<void>((end) => deletions.push({ documentName, end }))
        happened.push(`deleted ${documentName}`)
      },
    },
    memory,
    coordination,
  })
  const firstDeletion = () =>
    vi.waitFor(() => deletions[0] ?? Promise.reject(new Error('nothing is deleted')), patience)
  return { session, deletions, firstDeletion, happened, coordination }
}

test('who logs out and removes the log is rid of it at once, whatever the server answers', async () => {
  const { session, firstDeletion } = await openPage()
  await session.adopt(personal)
  void session.signOut('remove')
  const { documentName, end } = await firstDeletion()
  expect(documentName).toBe(personal.documentName)
  end()
  expect(session.state.getState().logs.map(({ owner }) => owner)).toEqual([null])
})

test('logs that are removed together wait for none of each other', async () => {
  const { session, deletions } = await openPage()
  const party = { ...personal, id: newId<WorkspaceRef['id']>(), documentName: `w:${newId()}:1` }
  for (const ref of [personal, party]) await session.adopt(ref)
  void session.removeLogsOf(ana.id)
  const names = [personal.documentName, party.documentName].sort()
  await vi.waitFor(() => expect(deletions.map(({ documentName }) => documentName).sort()).toEqual(names), patience)
  for (const { end } of deletions) end()
  expect(session.state.getState().logs.map(({ owner }) => owner)).toEqual([null])
})

test('a page that went away before a removed log was deleted leaves that to the next', async () => {
  const memory = memoryKeyValues().open()
  changeLogs(memory, (list) => forgetLog(showLog(list, personal, ana), personal.documentName))
  const { firstDeletion } = await openPage(memory)
  const { documentName, end } = await firstDeletion()
  expect(documentName).toBe(personal.documentName)
  end()
  await vi.waitFor(() => expect(changeLogs(memory, (list) => list).removing).toEqual([]), patience)
})

test('a log that comes back while it is being deleted is opened once that is over', async () => {
  const { session, firstDeletion, happened, coordination } = await openPage()
  await session.adopt(personal)
  void session.removeLogsOf(ana.id)
  const { end } = await firstDeletion()
  const comingBack = session.adopt(personal)
  await vi.waitFor(() => expect(coordination.countWaiting()).toBe(1), patience)
  end()
  await comingBack
  const { documentName } = personal
  expect(happened.filter((event) => event.endsWith(documentName))).toEqual([
    `open ${documentName}`,
    `deleted ${documentName}`,
    `open ${documentName}`,
  ])
  expect(session.state.getState().workspace?.ref.documentName).toBe(documentName)
})
