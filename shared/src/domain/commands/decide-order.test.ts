import { describe, expect, it } from 'vitest'
import { openTestLog, type TestLog, testId } from '../../store/projection-test-log.ts'
import type { QuestId } from '../kernel/ids.ts'
import type { Place } from './commands.ts'
import { decide } from './decide.ts'

const inbox = { kind: 'inbox' } as const
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => testId<QuestId>(name)) as [QuestId, QuestId, QuestId, QuestId]

function withQuests(...ids: readonly QuestId[]): TestLog {
  const log = openTestLog()
  for (const id of ids) log.run({ kind: 'createQuest', id, title: id })
  return log
}

function reorder(log: TestLog, id: QuestId, place: Place) {
  return log.run({ kind: 'reorderQuest', id, list: 'list', place })
}

function setRank(log: TestLog, rank: string | null, ...ids: readonly QuestId[]): void {
  log.document.write(ids.map((id) => ({ table: 'quests', id, patch: { rank } })))
}

describe('reorderQuest', () => {
  it('goes between its new neighbours, to the start and to the end, writing its own rank alone', () => {
    const log = withQuests(a, b, c, d)
    expect(reorder(log, d, { after: a, before: b })).toMatchObject({
      value: [{ id: d, patch: { rank: expect.any(String) } }],
    })
    expect(log.projection.list(inbox)).toEqual([a, d, b, c])
    reorder(log, c, { after: null, before: a })
    expect(log.projection.list(inbox)).toEqual([c, a, d, b])
    reorder(log, c, { after: b, before: null })
    expect(log.projection.list(inbox)).toEqual([a, d, b, c])
    reorder(log, a, { after: null, before: null })
    expect(log.projection.list(inbox)).toEqual([d, b, c, a])
  })

  it('writes nothing when it stands there', () => {
    const log = withQuests(a, b, c)
    expect(reorder(log, b, { after: a, before: c })).toEqual({ ok: true, value: [] })
  })

  it('goes right after `after` when the two neighbours have parted', () => {
    const log = withQuests(a, b, c, d)
    reorder(log, d, { after: a, before: c })
    expect(log.projection.list(inbox)).toEqual([a, d, b, c])
  })

  it('takes the old place of a neighbour that has left the list', () => {
    const log = withQuests(a, b, c, d)
    log.run({ kind: 'completeQuest', id: b })
    reorder(log, d, { after: b, before: c })
    expect(log.projection.list(inbox)).toEqual([a, d, c])
    log.run({ kind: 'trashQuests', ids: [a] })
    reorder(log, c, { after: null, before: a })
    expect(log.projection.list(inbox)).toEqual([c, d])
  })

  it('uses the other neighbour when one never was, and is refused when neither was', () => {
    const log = withQuests(a, b, c)
    const gone = testId<QuestId>('gone')
    reorder(log, c, { after: gone, before: b })
    expect(log.projection.list(inbox)).toEqual([a, c, b])
    expect(reorder(log, c, { after: gone, before: null })).toEqual({
      ok: false,
      error: { code: 'not-found', table: 'quests', id: 'gone' },
    })
  })

  it('ignores itself as a neighbour', () => {
    const log = withQuests(a, b, c)
    reorder(log, c, { after: a, before: c })
    expect(log.projection.list(inbox)).toEqual([a, c, b])
  })

  it('moves quests of one rank apart, the smaller side of them', () => {
    const log = withQuests(a, b, c, d)
    setRank(log, 'a5', a, b, c)
    setRank(log, 'a7', d)
    expect(reorder(log, d, { after: b, before: c })).toMatchObject({ value: [{ id: d }, { id: c }] })
    expect(log.projection.list(inbox)).toEqual([a, b, d, c])
    setRank(log, 'a5', a, b, c)
    expect(reorder(log, d, { after: a, before: b })).toMatchObject({ value: [{ id: a }, { id: d }] })
    expect(log.projection.list(inbox)).toEqual([a, d, b, c])
  })

  it('finds room among quests without a readable rank', () => {
    const log = withQuests(a, b, c, d)
    setRank(log, null, a, b)
    setRank(log, 'no rank!', c, d)
    expect(log.projection.list(inbox)).toEqual([a, b, c, d])
    expect(reorder(log, d, { after: a, before: b })).toMatchObject({ value: [{ id: d }] })
    expect(log.projection.list(inbox)).toEqual([a, d, b, c])
  })

  it('gives Today an order of its own', () => {
    const log = withQuests(a, b, c)
    for (const id of [a, b, c]) log.run({ kind: 'editQuest', id, fields: { due: { d: '2026-03-10' } } })
    const today = { kind: 'today', day: '2026-03-10', tz: 'UTC' } as const
    const result = log.run({ kind: 'reorderQuest', id: c, list: 'today', place: { after: null, before: a } })
    expect(result).toMatchObject({ value: [{ id: c, patch: { todayRank: expect.any(String) } }] })
    expect(log.projection.list(today)).toEqual([c, a, b])
    expect(log.projection.list(inbox)).toEqual([a, b, c])
  })

  it('goes to the end of a section of Today that it is not in, whatever ranks the next section has', () => {
    const log = withQuests(c, b, a)
    log.run({ kind: 'editQuest', id: a, fields: { due: { d: '2026-03-09' } } })
    log.run({ kind: 'editQuest', id: b, fields: { due: { d: '2026-03-10' } } })
    expect(log.projection.list({ kind: 'today', day: '2026-03-10', tz: 'UTC' })).toEqual([a, b])
    const place = { after: a, before: null }
    const result = log.run({ kind: 'reorderQuest', id: c, list: 'today', place })
    expect(result).toMatchObject({ value: [{ id: c, patch: { todayRank: expect.any(String) } }] })
    const ranks = [a, c].map((id) => log.projection.quest(id)).map((quest) => quest?.todayRank ?? quest?.rank ?? '')
    expect(ranks.toSorted()).toEqual(ranks)
  })

  it('reads few of a list’s quests, however many it holds', () => {
    const log = openTestLog()
    const ids = Array.from({ length: 2000 }, (_, index) => testId<QuestId>(`quest${10_000 + index}`))
    log.document.write(ids.map((id) => ({ table: 'quests', id, patch: { title: id, createdAt: 1 } })))
    let reads = 0
    const counted = {
      ...log.projection,
      quest(id: QuestId) {
        reads += 1
        return log.projection.quest(id)
      },
    }
    const [first, second] = ids
    const last = ids.at(-1)
    if (!first || !second || !last) throw new RangeError('Three quests')
    const place = { after: first, before: second }
    const decision = decide(counted, { kind: 'reorderQuest', id: last, list: 'list', place }, log.context)
    expect(decision).toMatchObject({ value: [{ id: last }] })
    expect(reads).toBeLessThan(200)
  })
})
