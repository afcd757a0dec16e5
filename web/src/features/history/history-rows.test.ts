import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import { expect, test } from 'vitest'
import { layOutHistory } from './history-rows.ts'

function item(at: number, userId: string, path = 'title'): HistoryItem {
  const about = {
    key: `${at}`,
    at,
    change: 'changed',
    table: 'quests',
    id: 'q1',
    questId: 'q1',
    path,
    seq: null,
  } as const
  const author = { kind: 'user', userId, isThisDevice: false } as const
  return { ...about, before: null, after: null, author, replacedOwn: false, isCut: false }
}

test('a heading stands where the day or the author changes, and none over what has no words', () => {
  const items = [
    item(40, 'ann'),
    item(39, 'ann'),
    item(38, 'ben', 'silent'),
    item(37, 'ann'),
    item(36, 'ben'),
    item(26, 'ben'),
  ]
  const rows = layOutHistory(items, {
    describe: ({ path, at }) => (path === 'silent' ? null : `change ${at}`),
    author: ({ author }) => (author.kind === 'user' ? author.userId : ''),
    dayOf: (at) => `day ${Math.floor(at / 10)}`,
  })
  expect(rows.map((row) => (row.kind === 'heading' ? row.author : row.text))).toEqual([
    'ann',
    'change 40',
    'ann',
    'change 39',
    'change 37',
    'ben',
    'change 36',
    'ben',
    'change 26',
  ])
})
