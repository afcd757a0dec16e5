import { describe, expect, it } from 'vitest'
import { openTestLog, testId } from '../../store/projection-test-log.ts'
import type { ProjectId, QuestId, SectionId } from '../kernel/ids.ts'

const [top, part, deep, beside] = ['top', 'part', 'deep', 'beside'].map(testId<QuestId>) as [
  QuestId,
  QuestId,
  QuestId,
  QuestId,
]
const [work, home] = [testId<ProjectId>('work'), testId<ProjectId>('home')]
const soon = testId<SectionId>('soon')

/** Two projects, and in the Inbox a quest with a sub-quest that has one too, and another quest. */
function openLog() {
  const log = openTestLog()
  log.run({ kind: 'createProject', id: work, name: 'Work' })
  log.run({ kind: 'createProject', id: home, name: 'Home' })
  log.run({ kind: 'createSection', id: soon, projectId: work, name: 'Soon' })
  log.run({ kind: 'createQuest', id: top, title: 'top' })
  log.run({ kind: 'createQuest', id: part, title: 'part', parentId: top })
  log.run({ kind: 'createQuest', id: deep, title: 'deep', parentId: part })
  log.run({ kind: 'createQuest', id: beside, title: 'beside' })
  return log
}

const inbox = { kind: 'inbox' } as const
const listOf = (projectId: ProjectId) => ({ kind: 'project', projectId }) as const

describe('a quest that is moved', () => {
  it('[R29] takes its sub-quests of every depth along, in order, done ones too', () => {
    const log = openLog()
    log.run({ kind: 'completeQuest', id: deep })
    log.run({ kind: 'moveQuest', id: top, projectId: work, sectionId: soon })
    expect(log.projection.list(inbox)).toEqual([beside])
    expect(log.projection.list(listOf(work))).toEqual([top, part])
    expect([top, part, deep].map((id) => log.projection.quest(id)?.sectionId)).toEqual([soon, soon, soon])
    log.history.undo()
    expect(log.projection.list(inbox)).toEqual([top, part, beside])
  })

  it('[R29] takes along what is in the Trash, so that it comes back beside it', () => {
    const log = openLog()
    log.run({ kind: 'trashQuests', ids: [part] })
    log.run({ kind: 'moveQuest', id: top, projectId: work, sectionId: null })
    log.run({ kind: 'restoreQuests', ids: [part] })
    expect(log.projection.list(listOf(work))).toEqual([top, part, deep])
  })

  it('[R29] leaves a sub-quest that was put elsewhere where it is, with all below it', () => {
    const log = openLog()
    log.run({ kind: 'moveQuest', id: part, projectId: home, sectionId: null })
    log.run({ kind: 'moveQuest', id: top, projectId: work, sectionId: null })
    expect(log.projection.list(listOf(work))).toEqual([top])
    expect(log.projection.list(listOf(home))).toEqual([part, deep])
  })

  it('[R29] goes to another section with those that were in its own', () => {
    const log = openLog()
    log.run({ kind: 'moveQuest', id: top, projectId: work, sectionId: null })
    log.run({ kind: 'moveQuest', id: part, projectId: work, sectionId: soon })
    log.run({ kind: 'moveQuest', id: part, projectId: work, sectionId: null })
    expect(log.projection.quest(deep)?.sectionId).toBeNull()
    log.run({ kind: 'moveQuest', id: deep, projectId: work, sectionId: soon })
    log.run({ kind: 'moveQuest', id: top, projectId: work, sectionId: null })
    expect(log.projection.quest(deep)?.sectionId).toBe(soon)
  })

  it('is written once where its parent is moved with it', () => {
    const log = openLog()
    const moved = log.run({ kind: 'moveQuests', ids: [part, top, beside], projectId: work, sectionId: null })
    expect(moved.ok && moved.value.map(({ id }) => id)).toEqual([part, deep, top, beside])
    expect(log.projection.list(listOf(work))).toEqual([part, deep, top, beside])
  })

  it('ends where a merge has made a circle of parents', () => {
    const log = openLog()
    log.document.write([{ table: 'quests', id: top, patch: { parentId: deep } }])
    log.run({ kind: 'moveQuest', id: top, projectId: work, sectionId: null })
    expect(log.projection.list(listOf(work))).toEqual([top, part, deep])
  })
})
