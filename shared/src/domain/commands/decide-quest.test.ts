import { describe, expect, it } from 'vitest'
import { openTestLog, type TestLog, testId } from '../../store/projection-test-log.ts'
import type { ProjectId, QuestId, StepId, TagId } from '../kernel/ids.ts'

const q1 = testId<QuestId>('q1')
const q2 = testId<QuestId>('q2')
const q3 = testId<QuestId>('q3')
const work = testId<ProjectId>('work')
const deep = testId<TagId>('deep')
const k = testId<StepId>('k')

function create(log: TestLog, id: QuestId, fields: object = {}): void {
  expect(log.run({ kind: 'createQuest', id, title: `Quest ${id}`, ...fields })).toMatchObject({ ok: true })
}

describe('createQuest', () => {
  it('writes what was given and no defaults', () => {
    const log = openTestLog({ now: 5, userId: testId('u1') })
    const written = log.run({ kind: 'createQuest', id: q1, title: '  Slay ', fields: { priority: 2, due: null } })
    expect(written).toEqual({
      ok: true,
      value: [
        {
          table: 'quests',
          id: 'q1',
          patch: { title: 'Slay', priority: 2, createdAt: 5, createdBy: 'u1', rank: expect.any(String) },
        },
      ],
    })
  })

  it('puts it at the end of its list', () => {
    const log = openTestLog()
    log.run({ kind: 'createProject', id: work, name: 'Work' })
    for (const id of [q2, q1]) create(log, id)
    create(log, q3, { projectId: work })
    expect(log.projection.list({ kind: 'inbox' })).toEqual([q2, q1])
    expect(log.projection.list({ kind: 'project', projectId: work })).toEqual([q3])
  })

  it('is refused for an id that is taken or no id, and for what does not exist', () => {
    const log = openTestLog()
    create(log, q1)
    const refused = (fields: object) => {
      const result = log.run({ kind: 'createQuest', id: q2, title: 'x', ...fields })
      return result.ok ? result : result.error
    }
    expect(refused({ id: q1 })).toEqual({ code: 'already-exists', id: 'q1' })
    expect(refused({ id: 'a/b' })).toEqual({ code: 'invalid-field', field: 'id', reason: 'malformed' })
    expect(refused({ title: ' ' })).toEqual({ code: 'invalid-field', field: 'title', reason: 'empty' })
    expect(refused({ fields: { estimateMin: 0.5 } })).toMatchObject({ field: 'estimateMin', reason: 'not-an-integer' })
    expect(refused({ projectId: work })).toEqual({ code: 'not-found', table: 'projects', id: 'work' })
    expect(refused({ sectionId: 's' })).toEqual({ code: 'not-found', table: 'sections', id: 's' })
    expect(refused({ parentId: 'q9' })).toEqual({ code: 'not-found', table: 'quests', id: 'q9' })
    expect(refused({ tags: [deep] })).toEqual({ code: 'not-found', table: 'tags', id: 'deep' })
    expect(refused({ tags: Array(51).fill(deep) })).toMatchObject({ field: 'tags', reason: 'too-many' })
  })
})

describe('editQuest', () => {
  it('writes only the fields that differ', () => {
    const log = openTestLog()
    create(log, q1, { fields: { priority: 1, due: { d: '2026-03-10' } } })
    const edit = log.run({
      kind: 'editQuest',
      id: q1,
      fields: { title: 'Quest q1', priority: 1, due: { d: '2026-03-10' }, energy: 'low' },
    })
    expect(edit).toEqual({ ok: true, value: [{ table: 'quests', id: 'q1', patch: { energy: 'low' } }] })
  })

  it('clears a field with null', () => {
    const log = openTestLog()
    create(log, q1, { fields: { due: { d: '2026-03-10' }, estimateMin: 5 } })
    log.run({ kind: 'editQuest', id: q1, fields: { due: null } })
    expect(log.projection.quest(q1)).toMatchObject({ due: null, estimateMin: 5 })
  })

  it('writes nothing at all when one field is wrong', () => {
    const log = openTestLog()
    create(log, q1)
    const before = log.projection.quest(q1)
    expect(log.run({ kind: 'editQuest', id: q1, fields: { title: 'New', due: { d: 'soon' } } })).toMatchObject({
      ok: false,
    })
    expect(log.projection.quest(q1)).toBe(before)
  })
})

describe('every command', () => {
  it('is refused in a log that is read-only', () => {
    const log = openTestLog({ readOnly: true })
    expect(log.run({ kind: 'createQuest', id: q1, title: 'x' })).toEqual({ ok: false, error: { code: 'read-only' } })
  })

  it('on one quest is refused when it is missing or in the Trash', () => {
    const log = openTestLog()
    create(log, q1)
    log.run({ kind: 'trashQuests', ids: [q1] })
    const commands = (id: QuestId) =>
      [
        { kind: 'editQuest', id, fields: { title: 'x' } },
        { kind: 'completeQuest', id },
        { kind: 'reopenQuest', id },
        { kind: 'moveQuest', id, projectId: null, sectionId: null },
        { kind: 'reorderQuest', id, list: 'list', place: { after: null, before: null } },
        { kind: 'tagQuest', id, tagId: deep },
        { kind: 'untagQuest', id, tagId: deep },
        { kind: 'addStep', id, stepId: k, text: 'x' },
        { kind: 'editStep', id, stepId: k, fields: {} },
        { kind: 'removeStep', id, stepId: k },
        { kind: 'reorderStep', id, stepId: k, after: null, before: null },
      ] as const
    for (const command of commands(q1))
      expect(log.run(command)).toEqual({ ok: false, error: { code: 'trashed', id: 'q1' } })
    for (const command of commands(q2)) {
      expect(log.run(command)).toEqual({ ok: false, error: { code: 'not-found', table: 'quests', id: 'q2' } })
    }
  })
})

describe('Trash', () => {
  it('takes all quests or none, and gives them back where they were', () => {
    const log = openTestLog()
    for (const id of [q1, q2, q3]) create(log, id)
    expect(log.run({ kind: 'trashQuests', ids: [q1, testId('q9')] })).toMatchObject({ ok: false })
    expect(log.projection.list({ kind: 'trash' })).toEqual([])
    log.run({ kind: 'trashQuests', ids: [q2] })
    expect(log.projection.list({ kind: 'inbox' })).toEqual([q1, q3])
    expect(log.projection.list({ kind: 'trash' })).toEqual([q2])
    log.run({ kind: 'restoreQuests', ids: [q2, q2] })
    expect(log.projection.list({ kind: 'inbox' })).toEqual([q1, q2, q3])
  })

  it('keeps the time a quest came there', () => {
    const log = openTestLog()
    create(log, q1)
    log.run({ kind: 'trashQuests', ids: [q1] })
    const { deletedAt } = log.projection.quest(q1) ?? {}
    log.context = { ...log.context, now: log.context.now + 1000 }
    expect(log.run({ kind: 'trashQuests', ids: [q1] })).toEqual({ ok: true, value: [] })
    expect(log.projection.quest(q1)?.deletedAt).toBe(deletedAt)
  })
})

describe('restoreQuests', () => {
  it('brings a quest’s project back with it, and other projects by themselves when asked', () => {
    const log = openTestLog()
    const [home, empty] = [testId<ProjectId>('home'), testId<ProjectId>('empty')]
    for (const id of [home, empty]) log.run({ kind: 'createProject', id, name: id })
    create(log, q1, { projectId: home })
    create(log, q2, { projectId: home })
    for (const id of [home, empty]) log.run({ kind: 'trashProject', id })
    log.run({ kind: 'restoreQuests', ids: [q1] })
    expect([log.projection.list({ kind: 'project', projectId: home }), log.projection.projects()]).toEqual([
      [q1],
      [home],
    ])
    log.run({ kind: 'restoreQuests', ids: [q2], projectIds: [empty] })
    expect(log.projection.trashedProjects()).toEqual([])
  })
})

describe('moveQuest', () => {
  it('moves to the end of another project, and back to the Inbox', () => {
    const log = openTestLog()
    log.run({ kind: 'createProject', id: work, name: 'Work' })
    create(log, q1)
    create(log, q2, { projectId: work })
    log.run({ kind: 'moveQuest', id: q1, projectId: work, sectionId: null })
    expect(log.projection.list({ kind: 'project', projectId: work })).toEqual([q2, q1])
    log.run({ kind: 'moveQuest', id: q2, projectId: null, sectionId: null })
    expect(log.projection.list({ kind: 'inbox' })).toEqual([q2])
  })

  it('is refused to a section of another project, and to a project in the Trash', () => {
    const log = openTestLog()
    log.run({ kind: 'createProject', id: work, name: 'Work' })
    create(log, q1)
    log.document.write([{ table: 'sections', id: 's', patch: { projectId: 'home', name: 'Later' } }])
    const move = { kind: 'moveQuest', id: q1, projectId: work } as const
    expect(log.run({ ...move, sectionId: testId('s') })).toMatchObject({
      error: { code: 'not-found', table: 'sections' },
    })
    log.run({ kind: 'trashProject', id: work })
    expect(log.run({ ...move, sectionId: null })).toEqual({ ok: false, error: { code: 'trashed', id: 'work' } })
  })

  it('writes nothing when the quest is there, and keeps its rank within the project', () => {
    const log = openTestLog()
    create(log, q1)
    expect(log.run({ kind: 'moveQuest', id: q1, projectId: null, sectionId: null })).toEqual({ ok: true, value: [] })
  })
})

describe('tags', () => {
  it('are added and taken off once', () => {
    const log = openTestLog()
    log.run({ kind: 'createTag', id: deep, name: 'deep' })
    create(log, q1)
    expect(log.run({ kind: 'tagQuest', id: q1, tagId: deep })).toMatchObject({
      value: [{ patch: { 'tags/deep': true } }],
    })
    expect(log.run({ kind: 'tagQuest', id: q1, tagId: deep })).toEqual({ ok: true, value: [] })
    expect([...(log.projection.quest(q1)?.tags ?? [])]).toEqual([deep])
    expect(log.run({ kind: 'untagQuest', id: q1, tagId: deep })).toMatchObject({
      value: [{ patch: { 'tags/deep': null } }],
    })
    expect(log.run({ kind: 'untagQuest', id: q1, tagId: deep })).toEqual({ ok: true, value: [] })
    expect(log.run({ kind: 'tagQuest', id: q1, tagId: testId('gone') })).toMatchObject({ error: { table: 'tags' } })
  })
})
