import type { FieldValue } from '@questlog/shared/domain/kernel/record-write'
import { questSchema } from '@questlog/shared/protocol/quests'
import { seededRandom } from '@questlog/shared/store/projection-test-log'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { expect, test } from 'vitest'
import { useStore } from './testing/use-store.ts'

const { database, server } = useStore({}, 'file')

const random = seededRandom(7)
/** More than a key of an index holds, and not to be compressed. */
const long = Array.from({ length: 9_000 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('')

const odd: readonly (readonly [name: string, patch: Readonly<Record<string, FieldValue>>])[] = [
  ['a very long title', { title: long }],
  ['a very long rank and ids', { rank: `a0${long}`, projectId: long, parentId: long, categoryId: long }],
  ['a NUL', { title: 'a\0b', 'steps/k/text': '\0' }],
  ['half a character', { title: 'a\ud800', 'reminders/r': { minutesBefore: 5, of: 'due', '\udc00': 1 } }],
  ['times no calendar has', { createdAt: 1e300, deletedAt: -1e300, 'tags/t': true }],
  ['dates at the ends of time', { due: { d: '0001-01-01' }, scheduled: { dt: '9999-12-31T23:59' } }],
  ['a step without words', { 'steps/k/text': '', 'steps/k/rank': '!' }],
  ['fields of a later version', { mood: { kind: 'fine' }, recurrence: { rrule: 'FREQ=DAILY', extra: true } }],
]

test.each(odd)('%s stops no row, and is shown as REST promises', async (_, patch) => {
  const workspaceId = await database.newWorkspace()
  const device = await server.sync.device(`w:${workspaceId}:1`).sync('ann')
  const document = openQuestDocument(device.doc, { now: Date.now })
  document.write([
    { table: 'quests', id: 'odd', patch: { title: 'Odd', createdAt: 1, ...patch } },
    { table: 'quests', id: 'plain', patch: { title: 'Plain', createdAt: 1 } },
  ])
  document.write([{ table: 'quests', id: 'odd', patch: { priority: 1 } }])
  await device.until(() => device.statuses.length === 3)
  await server.store.catchUp([workspaceId])
  const { rows } = await database.pool.query('select id, record from quests where workspace_id = $1 order by id', [
    workspaceId,
  ])
  expect(rows.map((row) => row.id)).toEqual(['odd', 'plain'])
  for (const { record } of rows) expect(questSchema.safeParse({ ...record, version: '1' }).error).toBeUndefined()
})
