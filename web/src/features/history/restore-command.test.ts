import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import { addQuest, makeDevice } from '@questlog/shared/client/testing/devices'
import { newId, type StepId } from '@questlog/shared/domain/kernel/ids'
import { expect, test } from 'vitest'
import { restoreCommand } from './restore-command.ts'

function item(id: string, fields: Partial<HistoryItem>): HistoryItem {
  const about = {
    key: 'k',
    at: 0,
    change: 'changed',
    table: 'quests',
    id,
    questId: id,
    path: 'title',
    seq: null,
  } as const
  const author = { kind: 'unknown' } as const
  return { ...about, before: 'Former', after: 'Later', author, replacedOwn: false, isCut: false, ...fields }
}

async function openQuestOf(title = 'Later') {
  const workspace = await makeDevice().open()
  return { workspace, id: addQuest(workspace, title) }
}

test.each<[Partial<HistoryItem>, object]>([
  [{}, { title: 'Former' }],
  [{ change: 'lost', before: 'Lost' }, { title: 'Lost' }],
  [{ path: 'priority', before: 2 }, { priority: 2 }],
  [{ path: 'due', before: { d: '2027-01-31' } }, { due: { d: '2027-01-31' } }],
])('the value that a change took away is set again: %j', async (change, fields) => {
  const { workspace, id } = await openQuestOf()
  const command = restoreCommand(item(id, change), workspace.projection)
  expect(command).toEqual({ kind: 'editQuest', id, fields })
  if (command !== null) expect(workspace.dispatch(command).ok).toBe(true)
  expect(restoreCommand(item(id, change), workspace.projection)).toBeNull()
  expect(workspace.undo()).not.toBeNull()
  expect(restoreCommand(item(id, change), workspace.projection)).not.toBeNull()
})

test('what was not set is restored as its default', async () => {
  const { workspace, id } = await openQuestOf()
  workspace.dispatch({ kind: 'editQuest', id, fields: { priority: 1, due: { d: '2027-01-31' } } })
  const restored = (path: string) => restoreCommand(item(id, { path, before: null }), workspace.projection)
  expect(restored('priority')).toEqual({ kind: 'editQuest', id, fields: { priority: 0 } })
  expect(restored('due')).toEqual({ kind: 'editQuest', id, fields: { due: null } })
  expect(restored('status')).toBeNull()
})

test('a removed step comes back, a tick is taken back, an added step goes', async () => {
  const { workspace, id } = await openQuestOf()
  const stepId = newId<StepId>()
  const restore = (path: string, before: string | boolean | null) => {
    const command = restoreCommand(item(id, { path: `steps/${stepId}/${path}`, before }), workspace.projection)
    if (command !== null) workspace.dispatch(command)
    return workspace.projection.quest(id)?.steps.get(stepId)
  }
  expect(restore('text', 'Buy milk')).toMatchObject({ text: 'Buy milk', done: false })
  workspace.dispatch({ kind: 'editStep', id, stepId, fields: { done: true } })
  expect(restore('done', null)).toMatchObject({ done: false })
  expect(restore('text', null)).toBeUndefined()
})

test('nothing is offered for whole records, for notes, for what was cut, and for projects and tags that are gone', async () => {
  const { workspace, id } = await openQuestOf()
  const offers: readonly Partial<HistoryItem>[] = [
    { change: 'created', path: null },
    { change: 'removed', path: null },
    { path: 'notes', before: null },
    { isCut: true },
    { path: 'projectId', before: 'gone' },
    { path: 'tags/gone', before: true },
    { table: 'completions', path: 'voided' },
    { path: 'rank', before: 'a0' },
  ]
  for (const offer of offers) expect(restoreCommand(item(id, offer), workspace.projection)).toBeNull()
  expect(restoreCommand(item('unknown', {}), workspace.projection)).toBeNull()
})

test('in the Trash nothing but coming back is offered', async () => {
  const { workspace, id } = await openQuestOf()
  workspace.dispatch({ kind: 'trashQuests', ids: [id] })
  expect(restoreCommand(item(id, {}), workspace.projection)).toBeNull()
  const back = restoreCommand(item(id, { path: 'deletedAt', before: null }), workspace.projection)
  expect(back).toEqual({ kind: 'restoreQuests', ids: [id] })
})
