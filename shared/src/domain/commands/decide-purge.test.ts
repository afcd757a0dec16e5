import { describe, expect, it } from 'vitest'
import { openTestLog, type TestLog, testId } from '../../store/projection-test-log.ts'
import { syncDocuments } from '../../testing/open-test-document.ts'
import type { ProjectId, QuestId, SectionId } from '../kernel/ids.ts'
import { notesToClear } from './decide-purge.ts'

const [a, b, c] = [testId<QuestId>('a'), testId<QuestId>('b'), testId<QuestId>('c')]

/** `a` is done, blocks `b` and is in the Trash. */
function withTrashed(): TestLog {
  const log = openTestLog()
  for (const id of [a, b, c]) log.run({ kind: 'createQuest', id, title: id })
  log.run({ kind: 'addStep', id: a, stepId: testId('k1'), text: 'x' })
  log.run({ kind: 'relate', relation: 'blocks', from: a, to: b })
  log.run({ kind: 'relate', relation: 'relates', from: b, to: c })
  log.run({ kind: 'completeQuest', id: a })
  log.run({ kind: 'completeQuest', id: c })
  log.document.write([{ table: 'quests', id: a, patch: { mood: 'grim' } }])
  log.run({ kind: 'trashQuests', ids: [a] })
  return log
}

describe('purging', () => {
  it('[R24] clears every field of a quest and its relations, and nothing else: what was earned stays', () => {
    const log = withTrashed()
    expect(log.run({ kind: 'purgeQuests', ids: [a, a] }).ok).toBe(true)
    const left = (['quests', 'completions', 'relations'] as const).map((table) => [...log.document.ids(table)].sort())
    expect(left).toEqual([[b, c], ['a:once', 'c:once'], ['relates.b.c']])
    log.document.write([{ table: 'quests', id: a, patch: { title: 'x', createdAt: 1 } }])
    expect(log.document.record('quests', a)).toEqual({ title: 'x', createdAt: 1 })
  })

  it('[R24] is refused for all where one of them is not in the Trash, or missing', () => {
    const log = withTrashed()
    expect(log.run({ kind: 'purgeQuests', ids: [a, b] })).toEqual({
      ok: false,
      error: { code: 'not-trashed', id: b },
    })
    expect(log.run({ kind: 'purgeQuests', ids: [testId('gone')] })).toMatchObject({ error: { code: 'not-found' } })
    expect(log.projection.list({ kind: 'trash' })).toEqual([a])
  })

  it('[R24] outlasts an edit that another device makes later, not knowing', () => {
    const log = withTrashed()
    const other = openTestLog({ now: log.context.now + 5000 }, 2)
    syncDocuments(log.document, other.document)
    log.run({ kind: 'purgeQuests', ids: [a] })
    other.run({ kind: 'restoreQuests', ids: [a] })
    other.run({ kind: 'editQuest', id: a, fields: { title: 'Late' } })
    syncDocuments(log.document, other.document)
    for (const { projection } of [log, other]) expect(projection.quest(a)).toBeUndefined()
  })

  it('is undone in one step, and names the notes that are to be emptied', () => {
    const log = withTrashed()
    const before = [log.projection.quest(a), log.projection.relationsOf(b)]
    log.run({ kind: 'purgeQuests', ids: [a] })
    log.history.undo()
    expect([log.projection.quest(a), log.projection.relationsOf(b)]).toEqual(before)
    expect(notesToClear(log.projection, { kind: 'purgeQuests', ids: [a, b, a] })).toEqual([a, b])
  })

  it('[R24] takes a project with its sections and the quests that went to the Trash with it; others go to the Inbox', () => {
    const log = openTestLog()
    const [id, sectionId] = [testId<ProjectId>('p'), testId<SectionId>('s')]
    log.run({ kind: 'createProject', id, name: 'Road' })
    log.run({ kind: 'createSection', id: sectionId, projectId: id, name: 'Later' })
    for (const quest of [a, b, c]) log.run({ kind: 'createQuest', id: quest, title: quest, projectId: id, sectionId })
    log.run({ kind: 'trashQuests', ids: [a] })
    log.context = { ...log.context, now: log.context.now + 1 }
    log.run({ kind: 'trashProject', id })
    // As another device leaves it that added the quest meanwhile.
    log.document.write([{ table: 'quests', id: c, patch: { deletedAt: null } }])
    expect(notesToClear(log.projection, { kind: 'purgeQuests', ids: [], projectIds: [id] })).toEqual([b])
    expect(log.run({ kind: 'purgeQuests', ids: [], projectIds: [id] }).ok).toBe(true)
    const left = (['quests', 'projects', 'sections'] as const).map((table) => [...log.document.ids(table)].sort())
    expect(left).toEqual([[a, c], [], []])
    expect(log.projection.list({ kind: 'inbox' })).toEqual([c])
    log.run({ kind: 'restoreQuests', ids: [a] })
    expect(log.projection.list({ kind: 'inbox' })).toContain(a)
  })

  it('[R24] is refused for a project that is not in the Trash', () => {
    const log = openTestLog()
    const id = testId<ProjectId>('p')
    log.run({ kind: 'createProject', id, name: 'Road' })
    const refused = log.run({ kind: 'purgeQuests', ids: [], projectIds: [id] })
    expect(refused).toEqual({ ok: false, error: { code: 'not-trashed', id } })
  })
})
