import { expect, test } from 'vitest'
import { newId } from '../../domain/kernel/ids.ts'
import { err, ok } from '../../domain/kernel/result.ts'
import type { Role } from '../../protocol/roles.ts'
import { addQuest } from '../testing/devices.ts'
import { memoryKeyValues } from '../testing/memory-key-value.ts'
import { ana, changeLogs, openTestSession, signedInAsAna } from '../testing/open-test-session.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import type { Person } from './device-log.ts'
import { showLog } from './device-log-list.ts'

function makeRef(kind: WorkspaceRef['kind'], role: Role = 'owner'): WorkspaceRef {
  const id = newId<WorkspaceRef['id']>()
  return { id, documentName: `w:${id}:1`, name: kind, kind, role }
}

const titlesIn = (workspace: Workspace | null) =>
  workspace?.projection.list({ kind: 'all' }).map((quest) => workspace.projection.quest(quest)?.title)

/** Ana's device: a log with a quest, of `owner`, is on screen, and her account has another of her own. */
async function openDevice(owner: Person | null, role: Role = 'owner') {
  const other = makeRef('personal')
  const own = makeRef('personal', role)
  const memory = memoryKeyValues().open()
  changeLogs(memory, (logs) => showLog(logs, other, owner))
  const account = { ...signedInAsAna(), workspaces: async () => ok([own]) }
  const session = await openTestSession({ account, memory })
  const { workspace } = session.state.getState()
  if (workspace === null) throw new Error('no log was opened')
  addQuest(workspace, 'Mine')
  const shown = () => {
    const on = session.state.getState().workspace
    return [on?.ref.id === own.id ? 'own' : 'another', titlesIn(on)]
  }
  const isKept = () => session.state.getState().logs.some(({ ref }) => ref.id === other.id)
  return { session, merge: () => session.mergeIn(other.documentName), shown, isKept }
}

const earlier = { ...ana, id: 'ana-before' }
const ben = { id: 'ben', email: 'ben@example.org', displayName: 'Ben' }

test.each([
  ['nobody', null],
  ['the same account, which has another log by now', ana],
  ['an earlier account with the same address', earlier],
])('a log of %s goes into the person’s own, which is shown, and is gone by itself', async (_whose, owner) => {
  const { merge, shown, isKept } = await openDevice(owner)
  expect(await merge()).toEqual(ok(null))
  expect([shown(), isKept()]).toEqual([['own', ['Mine']], false])
})

test('the log of somebody else is copied, and stays: what they did not save is theirs to send', async () => {
  const { merge, shown, isKept } = await openDevice(ben)
  expect(await merge()).toEqual(ok(null))
  expect([shown(), isKept()]).toEqual([['own', ['Mine']], true])
  expect(await merge()).toEqual(ok(null))
  expect(shown()).toEqual(['own', ['Mine']])
})

test('a party on screen takes in nothing: the log goes into the person’s own', async () => {
  const { session, merge, shown } = await openDevice(null)
  const party = makeRef('party', 'member')
  await session.adopt(party)
  expect(await merge()).toEqual(ok(null))
  expect(shown()).toEqual(['own', ['Mine']])
})

test('nothing goes into a log that can only be read: the server would take none of it', async () => {
  const { merge, shown, isKept } = await openDevice(null, 'viewer')
  expect(await merge()).toEqual(err({ kind: 'read-only' }))
  expect([shown(), isKept()]).toEqual([['own', []], true])
})

test('whoever signs up again after their account was lost is offered the log of the earlier one', async () => {
  const { session, shown, isKept } = await openDevice(earlier)
  expect(await session.signInBy(Promise.resolve(ok(ana)), 'keep-apart')).toEqual(ok(null))
  expect(session.state.getState().mergeOffer?.owner).toEqual(earlier)
  expect(await session.answerMergeOffer('merge')).toEqual(ok(null))
  expect([shown(), isKept(), session.state.getState().mergeOffer]).toEqual([['own', ['Mine']], false, null])
})

test('the log of somebody else is offered to nobody who signs in', async () => {
  const { session, isKept } = await openDevice(ben)
  await session.signInBy(Promise.resolve(ok(ana)))
  expect([session.state.getState().mergeOffer, isKept()]).toEqual([null, true])
})

test('whoever keeps a log apart is not asked again at the next sign-in, and another person is', async () => {
  const memory = memoryKeyValues().open()
  const [local, own] = [makeRef('personal'), makeRef('personal')]
  changeLogs(memory, (logs) => showLog(logs, local, null))
  const person = { ...ana }
  const account = {
    ...signedInAsAna(),
    login: async () => ok(person),
    workspaces: async () => ok([own]),
  }
  const session = await openTestSession({ account, memory })
  const signInWithLog = async () => {
    await session.show(local.documentName)
    const { workspace } = session.state.getState()
    if (workspace !== null) addQuest(workspace, 'Mine')
    await session.signIn({ email: '', password: '' })
    return session.state.getState().mergeOffer?.ref.id ?? null
  }
  expect(await signInWithLog()).toBe(local.id)
  expect(await session.answerMergeOffer('keep-apart')).toEqual(ok(null))
  expect(await signInWithLog()).toBeNull()
  person.id = 'ben'
  expect(await signInWithLog()).toBe(local.id)
})
