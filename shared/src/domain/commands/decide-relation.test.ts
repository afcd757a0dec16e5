import { describe, expect, it } from 'vitest'
import { openTestLog, type TestLog, testId } from '../../store/projection-test-log.ts'
import { syncDocuments } from '../../testing/open-test-document.ts'
import type { QuestId } from '../kernel/ids.ts'
import type { RelationKind } from '../relations/relation-fields.ts'
import { relationIdOf } from '../relations/relation-id.ts'
import { blockedBy, blockersOf, isBlocked } from '../state/dependencies.ts'

const [a, b, c, d] = [testId<QuestId>('a'), testId<QuestId>('b'), testId<QuestId>('c'), testId<QuestId>('d')]

function withQuests(clientId = 1): TestLog {
  const log = openTestLog({}, clientId)
  for (const id of [a, b, c, d]) log.run({ kind: 'createQuest', id, title: id })
  return log
}

/** Two devices that hold the same quests. */
function twoDevices(): readonly [TestLog, TestLog] {
  const [one, two] = [withQuests(1), openTestLog({}, 2)]
  syncDocuments(one.document, two.document)
  return [one, two]
}

function relate(log: TestLog, from: QuestId, to: QuestId, relation: RelationKind = 'blocks') {
  return log.run({ kind: 'relate', relation, from, to })
}

function at(log: TestLog, now: number): TestLog {
  log.context = { ...log.context, now }
  return log
}

describe('relations', () => {
  it('[R18] are written whole, under an id of their kind and ends; a second time there is nothing to write', () => {
    const log = at(withQuests(), 5)
    const patch = { kind: 'blocks', from: a, to: b, createdAt: 5, createdBy: null }
    expect(relate(log, a, b)).toEqual({ ok: true, value: [{ table: 'relations', id: 'blocks.a.b', patch }] })
    expect(relate(log, a, b)).toEqual({ ok: true, value: [] })
    expect(log.projection.relationsOf(b)).toEqual([{ ...patch, id: 'blocks.a.b' }])
  })

  it('[R18] that hold both ways are one, from whichever side they are made', () => {
    for (const kind of ['relates', 'duplicates'] as const) {
      const log = withQuests()
      expect(relate(log, b, a, kind)).toMatchObject({ value: [{ id: `${kind}.a.b`, patch: { from: a, to: b } }] })
      expect(relate(log, a, b, kind)).toEqual({ ok: true, value: [] })
    }
  })

  it('[R18] made and removed on two devices offline are there or not as a whole', () => {
    const [one, two] = twoDevices()
    relate(one, a, b)
    syncDocuments(one.document, two.document)
    at(one, one.context.now + 1000).run({ kind: 'unrelate', id: relationIdOf('blocks', a, b) })
    at(two, one.context.now + 1000).run({ kind: 'unrelate', id: relationIdOf('blocks', a, b) })
    relate(two, a, b)
    syncDocuments(one.document, two.document)
    for (const log of [one, two]) {
      expect(log.projection.relationsOf(a)).toMatchObject([{ kind: 'blocks', createdAt: two.context.now }])
    }
  })

  it('are refused with a quest that is missing, in the Trash, itself, or named too long', () => {
    const log = withQuests()
    log.run({ kind: 'trashQuests', ids: [d] })
    const long = testId<QuestId>('x'.repeat(60))
    log.run({ kind: 'createQuest', id: long, title: 'x' })
    expect(relate(log, a, testId('gone'))).toMatchObject({ error: { code: 'not-found', table: 'quests', id: 'gone' } })
    expect(relate(log, d, a)).toMatchObject({ error: { code: 'trashed', id: d } })
    expect(relate(log, a, a, 'relates')).toMatchObject({ error: { field: 'to', reason: 'not-an-option' } })
    expect(relate(log, a, long)).toMatchObject({ error: { field: 'id', reason: 'too-long' } })
    expect(log.run({ kind: 'unrelate', id: relationIdOf('blocks', a, b) })).toMatchObject({
      error: { code: 'not-found', table: 'relations' },
    })
  })

  it('are undone and done again', () => {
    const log = withQuests()
    relate(log, a, b)
    const history = log.history
    expect(history.undo()).not.toBeNull()
    expect(log.projection.relationsOf(a)).toEqual([])
    history.redo()
    expect(log.projection.relationsOf(a)).toHaveLength(1)
  })
})

describe('circles', () => {
  it('[R19] are refused with the way round, at any length', () => {
    const log = withQuests()
    for (const [from, to] of [
      [a, b],
      [b, c],
      [c, d],
    ] as const)
      relate(log, from, to)
    expect(relate(log, d, a)).toEqual({ ok: false, error: { code: 'cycle', kind: 'blocks', path: [d, a, b, c, d] } })
    expect(relate(log, a, a)).toEqual({ ok: false, error: { code: 'cycle', kind: 'blocks', path: [a, a] } })
    expect(relate(log, a, d).ok).toBe(true)
    expect(relate(log, d, a, 'relates').ok).toBe(true)
  })

  it('[R20] that a merge makes lose their newest edge on every device, in the view alone', () => {
    const [one, two] = twoDevices()
    relate(at(one, 10), a, b)
    relate(at(two, 20), b, a)
    syncDocuments(one.document, two.document)
    const newest = relationIdOf('blocks', b, a)
    for (const { projection } of [one, two]) {
      expect([projection.isIgnored(newest), projection.isBlocked(a), projection.isBlocked(b)]).toEqual([
        true,
        false,
        true,
      ])
      expect(projection.relationsOf(a)).toHaveLength(2)
    }
    one.run({ kind: 'unrelate', id: relationIdOf('blocks', a, b) })
    expect([one.projection.isIgnored(newest), one.projection.isBlocked(a)]).toEqual([false, true])
  })

  it('[R19] are refused through an ignored edge as well', () => {
    const [one, two] = twoDevices()
    relate(at(one, 10), a, b)
    relate(at(two, 20), b, a)
    syncDocuments(one.document, two.document)
    relate(one, d, b)
    expect(relate(one, a, d)).toMatchObject({ error: { code: 'cycle', path: [a, d, b, a] } })
  })
})

describe('a quest', () => {
  it('[R21] is blocked by what is there, outside the Trash, not done and not cancelled', () => {
    const log = withQuests()
    const blocked = (): boolean => log.projection.isBlocked(b)
    relate(log, a, b)
    expect([blocked(), isBlocked(log.projection, b), log.projection.isBlocked(a)]).toEqual([true, true, false])
    const seen = [
      { kind: 'completeQuest', id: a },
      { kind: 'reopenQuest', id: a },
      { kind: 'editQuest', id: a, fields: { status: 'cancelled' } },
      { kind: 'editQuest', id: a, fields: { status: 'waiting' } },
      { kind: 'trashQuests', ids: [a] },
      { kind: 'restoreQuests', ids: [a] },
      { kind: 'trashQuests', ids: [a] },
      { kind: 'purgeQuests', ids: [a] },
    ] as const
    expect(seen.map((command) => [log.run(command).ok, blocked()])).toEqual(
      [false, true, false, true, false, true, false, false].map((expected) => [true, expected]),
    )
  })

  it('knows what it blocks and what blocks it, open or not, by `blocks` alone', () => {
    const log = withQuests()
    relate(log, a, b)
    relate(log, b, c)
    relate(log, d, b, 'relates')
    log.run({ kind: 'completeQuest', id: a })
    expect([blockersOf(log.projection, b), blockedBy(log.projection, b)]).toEqual([[a], [c]])
  })
})

describe('a completion', () => {
  const unblocked = (log: TestLog, id: QuestId) => log.projection.completion(testId(`${id}:once`))?.unblocked

  it('[R21] counts the open quests that nothing but it held up', () => {
    const log = withQuests()
    relate(log, a, b)
    relate(log, a, c)
    relate(log, d, c)
    log.run({ kind: 'completeQuest', id: a })
    log.run({ kind: 'completeQuest', id: d })
    log.run({ kind: 'completeQuest', id: b })
    expect([a, d, b].map((id) => unblocked(log, id))).toEqual([1, 1, 0])
  })

  it('[R21] counts no quest that is closed or in the Trash', () => {
    const log = withQuests()
    for (const to of [b, c, d]) relate(log, a, to)
    log.run({ kind: 'completeQuest', id: b })
    log.run({ kind: 'editQuest', id: c, fields: { status: 'cancelled' } })
    log.run({ kind: 'trashQuests', ids: [d] })
    log.run({ kind: 'completeQuest', id: a })
    expect(unblocked(log, a)).toBe(0)
  })

  it('[R21] of several in one command counts those before it as done', () => {
    const log = withQuests()
    relate(log, a, c)
    relate(log, b, c)
    relate(log, c, d)
    log.run({ kind: 'completeQuests', ids: [a, b, c] })
    expect([a, b, c].map((id) => unblocked(log, id))).toEqual([0, 1, 1])
  })
})
