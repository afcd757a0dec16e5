import { describe, expect, it } from 'vitest'
import { openTestLog, type TestLog, testId } from '../../store/projection-test-log.ts'
import type { CategoryId, ProjectId, QuestId, SectionId, TagId } from '../kernel/ids.ts'

const [work, home] = [testId<ProjectId>('work'), testId<ProjectId>('home')]
const [s1, s2, s3] = [testId<SectionId>('s1'), testId<SectionId>('s2'), testId<SectionId>('s3')]
const [q1, q2, q3] = [testId<QuestId>('q1'), testId<QuestId>('q2'), testId<QuestId>('q3')]
const [c1, c2] = [testId<CategoryId>('c1'), testId<CategoryId>('c2')]
const [deep, calm] = [testId<TagId>('deep'), testId<TagId>('calm')]

function withSections(): TestLog {
  const log = openTestLog()
  for (const id of [work, home]) log.run({ kind: 'createProject', id, name: id })
  for (const id of [s1, s2, s3]) log.run({ kind: 'createSection', id, projectId: work, name: ` ${id} ` })
  return log
}

describe('sections', () => {
  it('stand in their project in the order they were made, and where they are put', () => {
    const log = withSections()
    log.run({ kind: 'createSection', id: testId('other'), projectId: home, name: 'x' })
    expect(log.projection.sections(work)).toEqual([s1, s2, s3])
    log.run({ kind: 'reorderSection', id: s3, after: s1, before: null })
    expect(log.projection.sections(work)).toEqual([s1, s3, s2])
    log.run({ kind: 'reorderSection', id: s1, after: null, before: null })
    expect(log.projection.sections(work)).toEqual([s3, s2, s1])
    expect(log.run({ kind: 'reorderSection', id: s1, after: testId('other'), before: null })).toEqual({
      ok: false,
      error: { code: 'not-found', table: 'sections', id: 'other' },
    })
  })

  it('are checked, and written where they differ', () => {
    const log = withSections()
    expect(log.projection.section(s1)).toMatchObject({ name: 's1', projectId: work })
    expect(log.run({ kind: 'editSection', id: s1, fields: { name: 's1' } })).toEqual({ ok: true, value: [] })
    expect(log.run({ kind: 'editSection', id: s1, fields: { name: 'Later' } })).toEqual({
      ok: true,
      value: [{ table: 'sections', id: s1, patch: { name: 'Later' } }],
    })
    const refused = (command: Parameters<TestLog['run']>[0]) => {
      const outcome = log.run(command)
      return outcome.ok ? null : outcome.error
    }
    expect(refused({ kind: 'editSection', id: s1, fields: { name: ' ' } })).toMatchObject({ reason: 'empty' })
    expect(refused({ kind: 'createSection', id: s1, projectId: work, name: 'x' })).toMatchObject({
      code: 'already-exists',
    })
    expect(refused({ kind: 'createSection', id: testId('s 4'), projectId: work, name: 'x' })).toMatchObject({
      field: 'id',
    })
    expect(refused({ kind: 'createSection', id: testId('s4'), projectId: testId('gone'), name: 'x' })).toMatchObject({
      code: 'not-found',
      table: 'projects',
    })
    expect(refused({ kind: 'deleteSection', id: testId('gone') })).toMatchObject({ table: 'sections' })
    log.run({ kind: 'trashProject', id: work })
    expect(refused({ kind: 'editSection', id: s1, fields: { name: 'x' } })).toEqual({ code: 'trashed', id: work })
  })

  it('[R23] when removed leave their quests in the project, those done and in the Trash too; undo brings all back', () => {
    const log = withSections()
    for (const id of [q1, q2, q3]) {
      log.run({ kind: 'createQuest', id, title: id, projectId: work, sectionId: s1 })
    }
    log.run({ kind: 'completeQuest', id: q2 })
    log.run({ kind: 'trashQuests', ids: [q3] })
    const places = () =>
      [q1, q2, q3].map((id) => [log.projection.quest(id)?.projectId, log.projection.quest(id)?.sectionId])
    log.run({ kind: 'deleteSection', id: s1 })
    expect([log.projection.sections(work), log.projection.section(s1)]).toEqual([[s2, s3], undefined])
    expect(places()).toEqual([q1, q2, q3].map(() => [work, null]))
    log.history.undo()
    expect(log.projection.sections(work)).toEqual([s1, s2, s3])
    expect(places()).toEqual([q1, q2, q3].map(() => [work, s1]))
  })
})

describe('tags', () => {
  it('[R23] when removed leave every quest, and its other tags stay; undo puts them back', () => {
    const log = openTestLog()
    for (const id of [deep, calm]) log.run({ kind: 'createTag', id, name: id })
    log.run({ kind: 'createQuest', id: q1, title: 'x', tags: [deep, calm] })
    log.run({ kind: 'createQuest', id: q2, title: 'x', tags: [deep] })
    log.run({ kind: 'trashQuests', ids: [q2] })
    const tags = () => [q1, q2].map((id) => [...(log.projection.quest(id)?.tags ?? [])].sort())
    log.run({ kind: 'deleteTag', id: deep })
    expect([log.projection.tags(), tags()]).toEqual([[calm], [[calm], []]])
    log.history.undo()
    expect([log.projection.tags(), tags()]).toEqual([
      [calm, deep],
      [[calm, deep], [deep]],
    ])
    expect(log.run({ kind: 'deleteTag', id: testId('gone') })).toMatchObject({ error: { code: 'not-found' } })
  })

  it('[R23] clears what this version does not know of them, too', () => {
    const log = openTestLog()
    log.document.write([{ table: 'tags', id: deep, patch: { name: 'deep', icon: 'anchor' } }])
    log.run({ kind: 'deleteTag', id: deep })
    log.document.write([{ table: 'tags', id: deep, patch: { name: 'back' } }])
    expect(log.document.record('tags', deep)).toEqual({ name: 'back' })
  })
})

describe('categories', () => {
  it('stand in the order they were made and where they are put, are checked, and written where they differ', () => {
    const log = openTestLog()
    log.run({ kind: 'createCategory', id: c1, name: ' Health ', color: '#00FF00' })
    log.run({ kind: 'createCategory', id: c2, name: 'Money' })
    expect(log.projection.category(c1)).toMatchObject({ name: 'Health', color: '#00ff00' })
    expect(log.projection.categories()).toEqual([c1, c2])
    log.run({ kind: 'reorderCategory', id: c2, after: null, before: c1 })
    expect(log.projection.categories()).toEqual([c2, c1])
    expect(log.run({ kind: 'editCategory', id: c1, fields: { name: 'Health', color: null } })).toEqual({
      ok: true,
      value: [{ table: 'categories', id: c1, patch: { color: null } }],
    })
    expect(log.run({ kind: 'createCategory', id: c1, name: 'x' })).toMatchObject({ error: { code: 'already-exists' } })
    for (const kind of ['editCategory', 'deleteCategory'] as const) {
      expect(log.run({ kind, id: testId('gone'), fields: {} })).toMatchObject({
        error: { code: 'not-found', table: 'categories' },
      })
    }
  })

  it('[R23] are given to quests, and taken from them when removed; undo gives them back', () => {
    const log = openTestLog()
    log.run({ kind: 'createCategory', id: c1, name: 'Health' })
    log.run({ kind: 'createQuest', id: q1, title: 'x', fields: { categoryId: c1 } })
    log.run({ kind: 'createQuest', id: q2, title: 'x' })
    log.run({ kind: 'editQuest', id: q2, fields: { categoryId: c1 } })
    const given = () => [q1, q2].map((id) => log.projection.quest(id)?.categoryId)
    expect(given()).toEqual([c1, c1])
    log.run({ kind: 'deleteCategory', id: c1 })
    expect(given()).toEqual([null, null])
    log.history.undo()
    expect([given(), log.projection.categories()]).toEqual([[c1, c1], [c1]])
    expect(log.run({ kind: 'editQuest', id: q1, fields: { categoryId: c2 } })).toMatchObject({
      error: { code: 'not-found', table: 'categories', id: c2 },
    })
  })
})
