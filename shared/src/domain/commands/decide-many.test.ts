import { describe, expect, it } from 'vitest'
import { openTestLog, testId } from '../../store/projection-test-log.ts'
import type { ProjectId, QuestId, TagId } from '../kernel/ids.ts'

const [a, b, c] = [testId<QuestId>('qa'), testId<QuestId>('qb'), testId<QuestId>('qc')]
const gone = testId<QuestId>('gone')
const work = testId<ProjectId>('work')
const deep = testId<TagId>('deep')

function openLog() {
  const log = openTestLog()
  log.run({ kind: 'createProject', id: work, name: 'Work' })
  log.run({ kind: 'createQuests', quests: [a, b, c].map((id) => ({ id, title: id })) })
  return log
}

describe('commands on several quests', () => {
  it('make quests in the order given, and none twice', () => {
    const log = openLog()
    expect(log.projection.list({ kind: 'inbox' })).toEqual([a, b, c])
    const twice = [gone, gone].map((id) => ({ id, title: 'x' }))
    expect(log.run({ kind: 'createQuests', quests: twice })).toMatchObject({ error: { code: 'already-exists' } })
  })

  it('complete those that are open and leave the others as they are', () => {
    const log = openLog()
    log.run({ kind: 'completeQuest', id: b })
    const written = log.run({ kind: 'completeQuests', ids: [a, b, c, a] })
    expect(written.ok && written.value.map(({ id }) => id)).toEqual(['qa:once', 'qc:once'])
  })

  it('open again those that are done and leave the others as they are', () => {
    const log = openLog()
    log.run({ kind: 'completeQuests', ids: [a, c] })
    const written = log.run({ kind: 'reopenQuests', ids: [a, b, c] })
    expect(written.ok && written.value.map(({ id }) => id)).toEqual(['qa:once', 'qc:once'])
    expect(log.projection.list({ kind: 'done', projectId: null })).toEqual([])
  })

  it('are carried out for all or for none', () => {
    const log = openLog()
    const refused = { ok: false, error: { code: 'not-found', table: 'quests', id: gone } }
    const ids = [a, gone]
    expect(log.run({ kind: 'completeQuests', ids })).toEqual(refused)
    expect(log.run({ kind: 'moveQuests', ids, projectId: work, sectionId: null })).toEqual(refused)
    expect(log.run({ kind: 'tagQuests', ids, tagId: deep, newTagName: 'deep' })).toEqual(refused)
    expect(log.run({ kind: 'editQuests', edits: ids.map((id) => ({ id, fields: { priority: 1 } })) })).toEqual(refused)
    expect(log.projection.tags()).toEqual([])
  })

  it('move quests to the end of a project in the order given, and leave those that are there in their place', () => {
    const log = openLog()
    log.run({ kind: 'moveQuest', id: b, projectId: work, sectionId: null })
    log.run({ kind: 'moveQuests', ids: [c, b, a], projectId: work, sectionId: null })
    expect(log.projection.list({ kind: 'project', projectId: work })).toEqual([b, c, a])
  })

  it('make a tag and put it on quests at once', () => {
    const log = openLog()
    log.run({ kind: 'tagQuests', ids: [a, b], tagId: deep, newTagName: 'deep' })
    expect([a, b, c].map((id) => log.projection.quest(id)?.tags.has(deep))).toEqual([true, true, false])
    expect(log.projection.tag(deep)?.name).toBe('deep')
    expect(log.run({ kind: 'tagQuests', ids: [a], tagId: deep, newTagName: 'deep' }).ok).toBe(false)
    expect(log.run({ kind: 'tagQuests', ids: [a, c], tagId: deep })).toMatchObject({ value: [{ id: c }] })
  })
})
