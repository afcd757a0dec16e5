import { addQuest } from '@questlog/shared/client/testing/devices'
import type { WorkspaceRef } from '@questlog/shared/client/workspace'
import { newId } from '@questlog/shared/domain/ids'
import { ok } from '@questlog/shared/domain/result'
import type { Role } from '@questlog/shared/protocol/roles'
import { expect, test } from 'vitest'
import { openTestSession, signedInAsAna } from './testing/open-test-session.ts'

/** Ana, with a quest in a log of nobody's on this device and a party on screen. */
async function openParty(role: Role) {
  const id = newId<WorkspaceRef['id']>()
  const party: WorkspaceRef = { id, documentName: `w:${id}:1`, name: 'Guild', kind: 'party', role }
  const session = await openTestSession({ account: { ...signedInAsAna(), workspaces: async () => ok([party]) } })
  const local = session.state.getState().workspace
  if (local === null) throw new Error('no log was opened')
  addQuest(local, 'Mine')
  await session.adopt(party)
  const titles = () => {
    const projection = session.state.getState().workspace?.projection
    return projection?.list({ kind: 'all' }).map((quest) => projection.quest(quest)?.title)
  }
  const isKept = () => session.state.getState().logs.some(({ ref }) => ref.id === local.ref.id)
  return { merge: () => session.mergeIn(local.ref.documentName), titles, isKept }
}

test('a log of this device goes into the one on screen, and is gone by itself', async () => {
  const { merge, titles, isKept } = await openParty('member')
  expect(await merge()).toEqual(ok(null))
  expect([titles(), isKept()]).toEqual([['Mine'], false])
})

test('nothing goes into a log that can only be read: the server would take none of it', async () => {
  const { merge, titles, isKept } = await openParty('viewer')
  expect(await merge()).toEqual({ ok: false, error: { message: 'error.readOnly' } })
  expect([titles(), isKept()]).toEqual([[], true])
})
