import { expect, test } from 'vitest'
import { COUNTER_STEPS } from '../../store/stamp.ts'
import type { SeenChange } from '../ports/change-log.ts'
import type { ToldChange } from '../rest/activity.ts'
import { mergeActivity } from './merge-activity.ts'

const HOUR_MS = 3_600_000

function seen(at: number, fields: Partial<SeenChange> = {}): SeenChange {
  const common = { change: 'changed', origin: 'own', table: 'quests', id: 'q1', questId: 'q1', path: 'title' } as const
  const values = { before: 'Base', after: 'New', stamp: at * COUNTER_STEPS, otherStamp: null, at, seenAt: at }
  return { ...common, ...values, by: null, replacedOwn: false, isCarried: false, isCut: false, ...fields }
}

function told(at: number, fields: Partial<ToldChange> = {}): ToldChange {
  const place = { workspaceId: 'w1', seq: 1, n: 0, at: new Date(at).toISOString(), userId: 'ben' }
  const about = { change: 'changed', kind: 'quests', recordId: 'q1', questId: 'q1', field: 'title' } as const
  return { ...place, ...about, before: 'Base', after: 'New', ...fields }
}

const brief = (items: ReturnType<typeof mergeActivity>) =>
  items.map(({ at, before, after, author }) => [
    at,
    before,
    after,
    author.kind === 'user' ? author.userId : author.kind,
  ])

test('what was written here offline and sent hours later is one change, at the time it was written', () => {
  const items = mergeActivity([seen(HOUR_MS)], [told(9 * HOUR_MS, { userId: 'ann' })])
  expect(items).toMatchObject([{ at: HOUR_MS, author: { kind: 'user', userId: 'ann', isThisDevice: true } }])
})

test('the same value set twice is two changes', () => {
  const [first, second] = [seen(HOUR_MS), seen(3 * HOUR_MS)]
  const items = mergeActivity([first, second], [told(HOUR_MS + 1), told(3 * HOUR_MS + 1, { seq: 3 })])
  expect(brief(items)).toEqual([
    [3 * HOUR_MS, 'Base', 'New', 'ben'],
    [HOUR_MS, 'Base', 'New', 'ben'],
  ])
})

test('what came from the server is not taken for what somebody did there later', () => {
  const items = mergeActivity([seen(HOUR_MS, { origin: 'remote' })], [told(9 * HOUR_MS)])
  expect(brief(items)).toEqual([
    [9 * HOUR_MS, 'Base', 'New', 'ben'],
    [HOUR_MS, 'Base', 'New', 'unknown'],
  ])
})

test('what the server saw replaced, and this device never saw hold, is told once as lost', () => {
  const lost = seen(HOUR_MS, { change: 'lost', origin: 'remote', before: 'Theirs', after: 'Own', seenAt: 2 * HOUR_MS })
  const items = mergeActivity([lost], [told(2 * HOUR_MS, { after: 'Theirs' })])
  expect(items).toMatchObject([{ change: 'lost', before: 'Theirs', author: { userId: 'ben' } }])
})

test('what only one of the two knows is there, the latest first', () => {
  const items = mergeActivity(
    [seen(2 * HOUR_MS, { after: 'Not sent' })],
    [
      told(3 * HOUR_MS, { after: 'Theirs' }),
      told(HOUR_MS, { change: 'created', field: null, after: { title: 'Base' } }),
    ],
  )
  expect(brief(items)).toEqual([
    [3 * HOUR_MS, 'Base', 'Theirs', 'ben'],
    [2 * HOUR_MS, 'Base', 'Not sent', 'this-device'],
    [HOUR_MS, null, null, 'ben'],
  ])
})

test('a record that was removed keeps its fields and its place in the history of the log', () => {
  const fields = { title: 'Gone', createdAt: 1 }
  const removal = { change: 'removed', field: null, before: fields, after: null, seq: 9 } as const
  const own = seen(HOUR_MS, { change: 'removed', path: null, before: null, after: null })
  for (const items of [mergeActivity([], [told(HOUR_MS, removal)]), mergeActivity([own], [told(HOUR_MS, removal)])]) {
    expect(items).toMatchObject([{ change: 'removed', path: null, seq: 9, before: fields }])
  }
})

test('notes that this device saw change and the server knows to be cut are listed once, as cut', () => {
  const own = seen(HOUR_MS, { path: 'notes', before: null, after: null })
  const cut = told(HOUR_MS, { change: 'removed', field: 'notes', before: 900, after: 3 })
  expect(mergeActivity([own], [cut])).toMatchObject([{ change: 'removed', path: 'notes', before: 900, after: 3 }])
})

test('of two equal changes on the server, the one nearest in time is the one this device saw', () => {
  const removal = { change: 'removed', field: null, before: { title: 'Gone' }, after: null } as const
  const seenLater = seen(HOUR_MS + 60_000, {
    origin: 'remote',
    change: 'removed',
    path: null,
    before: null,
    after: null,
  })
  const [first, later] = [told(HOUR_MS, removal), told(HOUR_MS + 60_001, { ...removal, seq: 2, userId: 'ann' })]
  expect(mergeActivity([seenLater], [first, later])).toMatchObject([
    { at: HOUR_MS + 60_000, seq: 2, author: { userId: 'ann' } },
    { at: HOUR_MS, seq: 1, author: { userId: 'ben' } },
  ])
})
