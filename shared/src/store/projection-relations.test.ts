import { describe, expect, it, vi } from 'vitest'
import type { ProjectId, QuestId } from '../domain/kernel/ids.ts'
import { relationIdOf } from '../domain/relations/relation-id.ts'
import { syncDocuments } from '../testing/open-test-document.ts'
import { openTestLog, type TestLog, testId } from './projection-test-log.ts'

const [a, b, c] = [testId<QuestId>('a'), testId<QuestId>('b'), testId<QuestId>('c')]

/** `a` blocks `b`. */
function withBlocked(): TestLog {
  const log = openTestLog()
  for (const id of [a, b, c]) log.run({ kind: 'createQuest', id, title: id })
  log.run({ kind: 'relate', relation: 'blocks', from: a, to: b })
  return log
}

describe('a quest’s subscription', () => {
  it('[R21] tells when what holds it up changes, and not of other changes of its blockers', () => {
    const log = withBlocked()
    const onB = vi.fn()
    const onC = vi.fn()
    log.projection.subscribeRecord('quests', b, onB)
    log.projection.subscribeRecord('quests', c, onC)
    expect(log.projection.openBlockers(b)).toEqual([a])
    log.run({ kind: 'editQuest', id: a, fields: { title: 'Another' } })
    expect(onB).toHaveBeenCalledTimes(0)
    log.run({ kind: 'completeQuest', id: a })
    expect([onB.mock.calls.length, log.projection.openBlockers(b)]).toEqual([1, []])
    log.run({ kind: 'reopenQuest', id: a })
    log.run({ kind: 'trashQuests', ids: [a] })
    expect(onB).toHaveBeenCalledTimes(3)
    expect(onC).toHaveBeenCalledTimes(0)
  })

  it('tells when a relation comes or goes at either end', () => {
    const log = withBlocked()
    const onB = vi.fn()
    const onC = vi.fn()
    expect(log.projection.relationsOf(c)).toEqual([])
    log.projection.subscribeRecord('quests', b, onB)
    log.projection.subscribeRecord('quests', c, onC)
    log.run({ kind: 'relate', relation: 'relates', from: c, to: b })
    expect([b, c].map((id) => log.projection.relationsOf(id).length)).toEqual([2, 1])
    log.run({ kind: 'unrelate', id: relationIdOf('relates', b, c) })
    expect([b, c].map((id) => log.projection.relationsOf(id).length)).toEqual([1, 0])
    expect([onB.mock.calls.length, onC.mock.calls.length]).toEqual([2, 2])
  })

  it('[R20] tells when a circle that a merge made comes and goes, and so does that of the ignored relation', () => {
    const [one, two] = [withBlocked(), openTestLog({ now: Date.UTC(2026, 5, 1) }, 2)]
    for (const id of [a, b, c]) two.document.write([{ table: 'quests', id, patch: { title: id, createdAt: 1 } }])
    one.run({ kind: 'relate', relation: 'blocks', from: b, to: c })
    two.run({ kind: 'relate', relation: 'blocks', from: c, to: a })
    expect(one.projection.isBlocked(b)).toBe(true)
    syncDocuments(one.document, two.document)
    const ignored = relationIdOf('blocks', c, a)
    const [onA, onRelation] = [vi.fn(), vi.fn()]
    expect([one.projection.isIgnored(ignored), one.projection.openBlockers(a)]).toEqual([true, []])
    one.projection.subscribeRecord('quests', a, onA)
    one.projection.subscribeRecord('relations', ignored, onRelation)
    one.run({ kind: 'unrelate', id: relationIdOf('blocks', b, c) })
    expect([one.projection.isIgnored(ignored), one.projection.openBlockers(a)]).toEqual([false, [c]])
    expect([onA.mock.calls.length, onRelation.mock.calls.length]).toEqual([1, 1])
  })

  it('keeps relations and blockers as they were handed out until they change', () => {
    const log = withBlocked()
    const before = [log.projection.relationsOf(b), log.projection.openBlockers(b)]
    log.run({ kind: 'editQuest', id: a, fields: { title: 'Another' } })
    log.run({ kind: 'relate', relation: 'relates', from: a, to: c })
    expect(log.projection.relationsOf(b)).toBe(before[0])
    expect(log.projection.openBlockers(b)).toBe(before[1])
  })
})

it('sections, categories and templates tell when their order or members change', () => {
  const log = withBlocked()
  const work = testId<ProjectId>('work')
  const [onSections, onElsewhere, onCategories, onTemplates] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()]
  log.projection.subscribeSections(work, onSections)
  log.projection.subscribeSections(testId('home'), onElsewhere)
  log.projection.subscribeCategories(onCategories)
  log.projection.subscribeTemplates(onTemplates)
  log.run({ kind: 'createProject', id: work, name: 'Work' })
  log.run({ kind: 'createSection', id: testId('s1'), projectId: work, name: 'x' })
  log.run({ kind: 'editSection', id: testId('s1'), fields: { name: 'y' } })
  log.run({ kind: 'createCategory', id: testId('c1'), name: 'x' })
  log.run({ kind: 'deleteCategory', id: testId('c1') })
  log.run({ kind: 'createTemplate', id: testId('t1'), name: 'x', questId: a })
  const calls = [onSections, onElsewhere, onCategories, onTemplates].map(({ mock }) => mock.calls.length)
  expect(calls).toEqual([1, 0, 2, 1])
})
