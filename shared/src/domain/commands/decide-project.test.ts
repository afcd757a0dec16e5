import { describe, expect, it } from 'vitest'
import { openTestLog, type TestLog, testId } from '../../store/projection-test-log.ts'
import type { ProjectId, QuestId } from '../kernel/ids.ts'

const work = testId<ProjectId>('work')
const home = testId<ProjectId>('home')
const [q1, q2, q3] = [testId<QuestId>('q1'), testId<QuestId>('q2'), testId<QuestId>('q3')]

function withProjects(): TestLog {
  const log = openTestLog()
  log.run({ kind: 'createProject', id: work, name: ' Work ', color: '#FF0000' })
  log.run({ kind: 'createProject', id: home, name: 'Home' })
  return log
}

describe('projects', () => {
  it('stand in the order they were created, and where they are put', () => {
    const log = withProjects()
    expect(log.projection.projects()).toEqual([work, home])
    log.run({ kind: 'reorderProject', id: home, after: null, before: work })
    expect(log.projection.projects()).toEqual([home, work])
    expect(log.run({ kind: 'reorderProject', id: home, after: testId('x'), before: null })).toMatchObject({ ok: false })
  })

  it('are checked, and written where they differ', () => {
    const log = withProjects()
    expect(log.projection.project(work)).toMatchObject({ name: 'Work', color: '#ff0000' })
    expect(log.run({ kind: 'editProject', id: work, fields: { name: 'Work', archivedAt: 5 } })).toEqual({
      ok: true,
      value: [{ table: 'projects', id: 'work', patch: { archivedAt: 5 } }],
    })
    expect(log.run({ kind: 'editProject', id: work, fields: { name: '' } })).toMatchObject({
      error: { field: 'name', reason: 'empty' },
    })
    expect(log.run({ kind: 'editProject', id: work, fields: { color: 'red' } })).toMatchObject({
      error: { field: 'color' },
    })
    expect(log.run({ kind: 'createProject', id: work, name: 'Again' })).toMatchObject({
      error: { code: 'already-exists' },
    })
    expect(log.run({ kind: 'editProject', id: testId('x'), fields: {} })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('go to the Trash with their quests, done ones included, and come back with those alone', () => {
    const log = withProjects()
    for (const id of [q1, q2, q3]) log.run({ kind: 'createQuest', id, title: id, projectId: work })
    log.run({ kind: 'completeQuest', id: q2 })
    log.run({ kind: 'trashQuests', ids: [q3] })
    log.context = { ...log.context, now: log.context.now + 1000 }
    log.run({ kind: 'trashProject', id: work })
    expect(log.projection.projects()).toEqual([home])
    expect(log.projection.list({ kind: 'all' })).toEqual([])
    expect(log.run({ kind: 'editProject', id: work, fields: {} })).toEqual({
      ok: false,
      error: { code: 'trashed', id: 'work' },
    })
    log.run({ kind: 'restoreProject', id: work })
    expect(log.projection.projects()).toEqual([work, home])
    expect(log.projection.list({ kind: 'all' })).toEqual([q1, q2])
    expect(log.projection.list({ kind: 'trash' })).toEqual([q3])
  })
})

it('tags are ordered by name, checked, and written where they differ', () => {
  const log = openTestLog()
  log.run({ kind: 'createTag', id: testId('t1'), name: 'zeal' })
  log.run({ kind: 'createTag', id: testId('t2'), name: 'Able' })
  expect(log.projection.tags()).toEqual(['t2', 't1'])
  expect(log.run({ kind: 'editTag', id: testId('t1'), fields: { name: 'zeal', color: null } })).toEqual({
    ok: true,
    value: [],
  })
  log.run({ kind: 'editTag', id: testId('t1'), fields: { name: 'aa' } })
  expect(log.projection.tags()).toEqual(['t1', 't2'])
  expect(log.run({ kind: 'createTag', id: testId('t1'), name: 'x' })).toMatchObject({
    error: { code: 'already-exists' },
  })
  expect(log.run({ kind: 'createTag', id: testId('t3'), name: 'x'.repeat(101) })).toMatchObject({
    error: { reason: 'too-long' },
  })
  expect(log.run({ kind: 'editTag', id: testId('t9'), fields: {} })).toMatchObject({ error: { code: 'not-found' } })
})
