import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { expect, test } from 'vitest'
import { layOutSections, type QuestSection } from './quest-sections.ts'

const [a, b, c] = [newId<QuestId>(), newId<QuestId>(), newId<QuestId>()]

function rowsOf(sections: readonly QuestSection[]) {
  const rows = layOutSections(sections)
  return { ...rows, all: Array.from({ length: rows.count }, (_, index) => rows.rowAt(index)) }
}

test('sections follow one another, each under its heading, and a folded one shows its heading alone', () => {
  const sections: readonly QuestSection[] = [
    { key: 'now', title: 'Now', ids: [a], list: 'today' },
    { key: 'none', title: 'Empty', ids: [], list: 'today' },
    { key: 'later', title: 'Later', ids: [b, c], list: 'today' },
    { key: 'done', title: 'Done', ids: [a], list: null, collapsed: true },
  ]
  const rows = rowsOf(sections)
  expect(rows.all).toEqual([
    { kind: 'heading', key: 'heading/now', section: 0 },
    { kind: 'quest', key: a, section: 0, id: a, position: 1 },
    { kind: 'heading', key: 'heading/later', section: 2 },
    { kind: 'quest', key: b, section: 2, id: b, position: 1 },
    { kind: 'quest', key: c, section: 2, id: c, position: 2 },
    { kind: 'heading', key: 'heading/done', section: 3 },
  ])
  expect(rows.all.map((_, index) => rows.keyAt(index))).toEqual(rows.all.map((row) => row?.key))
  expect(rows.all.map((_, index) => rows.isHeading(index))).toEqual(rows.all.map((row) => row?.kind === 'heading'))
  expect(rows.visibleIds).toEqual([a, b, c])
  expect([rows.indexOf(c), rows.indexOf(newId<QuestId>()), rows.rowAt(6)]).toEqual([4, -1, undefined])
  expect(rows.runs.map(({ ids }) => ids)).toEqual([[a], [], [b, c]])
})

test('a list of one section hands its ids on as they are', () => {
  const ids = [a, b]
  expect(layOutSections([{ key: 'open', title: null, ids, list: 'list' }]).visibleIds).toBe(ids)
})
