import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import { addQuest, makeDevice } from '@questlog/shared/client/testing/devices'
import { newId, type ProjectId, type StepId, type TagId } from '@questlog/shared/domain/kernel/ids'
import { beforeAll, expect, test } from 'vitest'
import { loadLaterTexts, translate } from '../../i18n/translate.ts'
import { describeChange, describeFormer, replacedWritten } from './describe-change.ts'
import type { Wording } from './value-in-words.ts'

beforeAll(loadLaterTexts)

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
  return { ...about, before: null, after: null, author, replacedOwn: false, isCut: false, ...fields }
}

/** A log with one of everything that changes name, and the words for them without the marks around a person's own. */
async function openLog() {
  const workspace = await makeDevice().open()
  const [projectId, stepId, tagId] = [newId<ProjectId>(), newId<StepId>(), newId<TagId>()]
  const id = addQuest(workspace, 'Draft')
  const other = addQuest(workspace, 'Review')
  workspace.dispatch({ kind: 'createProject', id: projectId, name: 'Work' })
  workspace.dispatch({ kind: 'createTag', id: tagId, name: 'deep' })
  workspace.dispatch({ kind: 'addStep', id, stepId, text: 'Outline' })
  const { projection } = workspace
  const nameOfUser = (userId: string) => (userId === 'ben' ? 'Ben' : 'A member')
  const wording: Wording = { t: translate, language: 'en', projection, today: '2027-01-30', nameOfUser }
  const plain = (text: string | null) => text?.replaceAll(/[\u2068\u2069]/g, '') ?? null
  return {
    ids: { id, other, projectId, stepId, tagId },
    describe: (fields: Partial<HistoryItem>) => plain(describeChange(item(id, fields), wording)),
    former: (fields: Partial<HistoryItem>) => plain(describeFormer(item(id, fields), wording)),
  }
}

test('a change of a quest is told in words', async () => {
  const { describe, ids } = await openLog()
  const told = (path: string, before: HistoryItem['before'], after: HistoryItem['after']) =>
    describe({ path, before, after })
  expect([
    describe({ change: 'created', path: null }),
    describe({ change: 'removed', path: null }),
    told('title', 'Old', 'New'),
    told('due', null, { d: '2027-01-31' }),
    told('due', { d: '2027-01-31' }, null),
    told('priority', 0, 1),
    told('projectId', null, ids.projectId),
    told('estimateMin', null, 45),
    told('deletedAt', null, 7),
    told('deletedAt', 7, null),
    told('notes', null, null),
    told('rank', 'a0', 'a1'),
    told(`tags/${ids.tagId}`, null, true),
    told(`tags/${ids.tagId}`, true, null),
    told('assignees/ben', null, true),
    told('assignees/ben', true, null),
    told(`steps/${ids.stepId}/text`, null, 'Outline'),
    told(`steps/${ids.stepId}/done`, null, true),
    told(`steps/${ids.stepId}/done`, true, false),
    told(`steps/${ids.stepId}/rank`, 'a0', 'a1'),
  ]).toEqual([
    'Quest created',
    'Quest deleted for good',
    'Title: from “Old” to “New”',
    'Due: Tomorrow',
    'Due removed: Tomorrow',
    'Priority: from No priority to P1 Urgent',
    'Project: from None (Inbox) to “Work”',
    'Estimate: 45 min',
    'Moved to Trash',
    'Restored from Trash',
    'Notes changed',
    'Moved in its list',
    'Tag added: @deep',
    'Tag removed: @deep',
    'Assigned: Ben',
    'No longer assigned: Ben',
    'Step: “Outline”',
    'Step done: “Outline”',
    'Step open again: “Outline”',
    'Step moved',
  ])
})

test('a lost change is told with what was lost, a cut one without values, and what only the app cares about not at all', async () => {
  const { describe, ids } = await openLog()
  expect([
    describe({ change: 'lost', before: 'Mine', after: 'Theirs' }),
    describe({ change: 'lost', path: 'due', before: null, after: { d: '2027-01-31' } }),
    describe({ isCut: true }),
    describe({ change: 'lost', path: 'rank', before: 'a0', after: 'a1' }),
    describe({ path: 'steps/gone/rank', before: 'a0', after: null }),
    describe({ path: `steps/${ids.stepId}/rank`, before: null, after: 'a0' }),
  ]).toEqual(['Title: “Mine” did not hold', 'Due: none did not hold', 'Title changed', null, null, null])
})

test('completions, relations, projects and tags are told in words', async () => {
  const { describe, ids } = await openLog()
  const ofProject = { table: 'projects', id: ids.projectId, questId: null } as const
  const completion = { table: 'completions', id: `${ids.id}:once` } as const
  const relation = { table: 'relations', id: `blocks.${ids.id}.${ids.other}`, path: null } as const
  expect([
    describe({ ...completion, change: 'created', path: null }),
    describe({ ...completion, path: 'voided', before: null, after: 7 }),
    describe({ ...completion, path: 'voided', before: 7, after: null }),
    describe({ ...completion, path: 'day', before: null, after: '2027-01-30' }),
    describe({ ...relation, change: 'created' }),
    describe({ ...relation, change: 'removed' }),
    describe({ ...ofProject, change: 'created', path: null }),
    describe({ ...ofProject, path: 'name', before: 'Job', after: 'Work' }),
    describe({ ...ofProject, path: 'deletedAt', before: null, after: 7 }),
    describe({ ...ofProject, path: 'rank', before: 'a0', after: 'a1' }),
    describe({ ...ofProject, change: 'removed', path: null }),
    describe({ table: 'tags', id: ids.tagId, questId: null, change: 'created', path: null }),
    describe({ table: 'unheardOf', id: 'x', questId: null, change: 'created', path: null }),
  ]).toEqual([
    'Completed',
    'Reopened',
    'Completed',
    null,
    'Linked to “Review”',
    'Link to “Review” removed',
    'Project created: “Work”',
    'Project “Work” · Name: from “Job” to “Work”',
    'Project “Work” · Moved to Trash',
    null,
    'Project deleted',
    'Tag created: “deep”',
    'Entry created: ',
  ])
})

test('what would be restored is named as it would be again', async () => {
  const { former, ids } = await openLog()
  expect([
    former({ before: 'Mine' }),
    former({ path: 'due', before: { d: '2027-01-31' } }),
    former({ path: 'due', before: null }),
    former({ path: `tags/${ids.tagId}`, before: true }),
    former({ path: `tags/${ids.tagId}`, before: null }),
    former({ path: 'assignees/ben', before: true }),
    former({ path: `steps/${ids.stepId}/done`, before: true }),
    former({ path: `steps/${ids.stepId}/done`, before: false }),
    former({ path: 'deletedAt', before: null }),
    former({ path: 'deletedAt', before: 7 }),
    former({ path: 'projectId', before: ids.projectId }),
    former({ path: 'projectId', before: null }),
  ]).toEqual([
    '“Mine”',
    'Tomorrow',
    null,
    '@deep',
    null,
    'Ben',
    'Done',
    'Open',
    'Restore',
    'Trash',
    '“Work”',
    'None (Inbox)',
  ])
})

test('what was removed is named as it was, and what was put back by its moment', async () => {
  const { describe, ids } = await openLog()
  const removed = { change: 'removed', path: null } as const
  const restored = { table: 'workspace', path: 'moment', questId: null } as const
  expect([
    describe({ ...removed, table: 'tags', id: 'gone', questId: null, before: { name: 'deep' } }),
    describe({ ...removed, table: 'templates', id: 'gone', questId: null }),
    describe({ ...removed, table: 'completions', id: `${ids.id}:once` }),
    describe({ change: 'removed', path: 'notes', before: 900, after: 3 }),
    describe({ change: 'removed', path: 'notes', before: 900, after: 0 }),
    describe({ ...restored, after: { seq: 4, at: '2027-01-12T14:03:00.000', records: null } }),
    describe({ ...restored, after: { seq: 4, at: null, records: [{ table: 'tags', id: 'gone' }] } }),
    describe({ ...restored, after: { seq: 4, at: null, records: [{ table: 'quests', id: ids.id }] } }),
    describe({ ...restored, after: 'unheard of' }),
  ]).toEqual([
    'Tag deleted: “deep”',
    'Template deleted',
    'Completion deleted',
    'Most of the notes deleted: 3 of 900 characters left',
    'Notes emptied: 900 characters',
    'Put the whole log back to Jan 12, 2027, 2:03 PM',
    'Put one thing back to an earlier moment',
    'Put “Draft” back to an earlier moment',
    'Put the whole log back to an earlier moment',
  ])
})

test('a move replaces nothing that somebody wrote', () => {
  const paths = ['title', 'projectId', 'rank', 'todayRank', 'steps/one/rank', 'steps/one/text']
  expect(paths.filter((path) => replacedWritten(item('quest', { path, replacedOwn: true })))).toEqual([
    'title',
    'projectId',
    'steps/one/text',
  ])
  expect(replacedWritten(item('quest', {}))).toBe(false)
})
