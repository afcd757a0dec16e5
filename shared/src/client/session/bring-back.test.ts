import { expect, test } from 'vitest'
import { newId } from '../../domain/kernel/ids.ts'
import { ok } from '../../domain/kernel/result.ts'
import { addQuest, makeDevice } from '../testing/devices.ts'
import { memoryKeyValues } from '../testing/memory-key-value.ts'
import { ana, changeLogs, openTestSession, signedInAsAna } from '../testing/open-test-session.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import { earlierPlace } from './bring-back.ts'
import { showLog } from './device-log-list.ts'

const id = newId<WorkspaceRef['id']>()
const at = (epoch: number): WorkspaceRef => ({
  id,
  documentName: `w:${id}:${epoch}`,
  name: 'Personal',
  kind: 'personal',
  role: 'owner',
})

test('only a log in a later document than the server’s is ahead of it', () => {
  expect(earlierPlace(at(3), [at(2)])).toEqual(at(2))
  for (const workspaces of [null, [], [at(3)], [at(4)], [{ ...at(2), id: newId<WorkspaceRef['id']>() }]]) {
    expect(earlierPlace(at(3), workspaces)).toBeNull()
  }
})

test('a log that moved on before the server was put back goes back to where the server has it, with quests and notes', async () => {
  const memory = memoryKeyValues().open()
  changeLogs(memory, (logs) => showLog(logs, at(3), ana))
  const device = makeDevice()
  // What of it the backup has.
  const old = await device.open(at(2))
  const kept = addQuest(old, 'In the backup')
  await old.close()
  const before = await device.open(at(3))
  const again = await device.open(at(2))
  await before.mergeFrom(again)
  await again.close()
  const quest = addQuest(before, 'Written since')
  before.note(quest).insert(0, 'not to be lost')
  await before.close()

  const account = { ...signedInAsAna(), workspaces: async () => ok([at(2)]) }
  const session = await openTestSession({ account, memory, open: (ref) => device.open(ref) })
  expect(session.state.getState().workspace?.ref.documentName).toBe(at(3).documentName)
  expect(await session.bringBack()).toEqual(ok(null))
  const { workspace, logs } = session.state.getState()
  expect(workspace?.ref.documentName).toBe(at(2).documentName)
  expect([kept, quest].map((each) => workspace?.projection.quest(each)?.title)).toEqual([
    'In the backup',
    'Written since',
  ])
  expect(workspace?.note(quest).toJSON()).toBe('not to be lost')
  expect(logs.map(({ ref }) => ref.documentName)).toEqual([at(2).documentName])
  expect((await device.open(at(3))).projection.list({ kind: 'all' })).toEqual([])
  expect(await session.bringBack()).toEqual(ok(null))
})
