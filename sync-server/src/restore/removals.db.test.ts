import { expect, test } from 'vitest'
import { deleteEverything, tables, useParty } from './testing/use-party.ts'

const party = useParty()
const { activity, fill, headSeq, writePast } = party

test('what a delete set removes past every command is listed with its name and who did it', async () => {
  const { dragon, project } = await fill()
  const before = await headSeq()
  await writePast(party.ben.id, deleteEverything)
  const removed = await activity('&removed=true')
  expect(new Set(removed.map(({ seq, userId, change }) => `${seq} ${userId} ${change}`))).toEqual(
    new Set([`${before + 1} ${party.ben.id} removed`]),
  )
  expect(removed.every(({ field }) => field === null)).toBe(true)
  const kinds = removed.map(({ kind }) => kind)
  expect([...new Set(kinds)].sort()).toEqual([...tables].sort())
  expect(removed).toContainEqual(
    expect.objectContaining({
      kind: 'quests',
      recordId: dragon,
      before: expect.objectContaining({ title: 'Slay the dragon' }),
    }),
  )
  expect(removed).toContainEqual(
    expect.objectContaining({ kind: 'projects', recordId: project, before: expect.objectContaining({ name: 'Home' }) }),
  )
})

test('cleared records, emptied notes and what goes to the Trash are listed as removed; what comes back or changes is not', async () => {
  const { dragon, sword, horse, tag } = await fill()
  await writePast(party.ben.id, (doc) => doc.getArray('quests').push([[sword, Date.now() * 1024 * 2, { title: null }]]))
  await party.ben.call('PATCH', `/quests/${dragon}`, { notes: '' })
  await party.ben.call('PATCH', `/quests/${dragon}`, { priority: 1 })
  await party.ben.call('DELETE', `/quests/${horse}`)
  await party.ben.call('POST', `/quests/${horse}/restore`)
  await party.ben.call('DELETE', `/tags/${tag}`)
  const removed = await activity('&removed=true')
  expect(
    removed.map(({ kind, recordId, field, before, after }) => [
      kind,
      recordId,
      field,
      field === null ? null : [before, after],
    ]),
  ).toEqual([
    ['tags', tag, null, null],
    ['quests', horse, 'deletedAt', [null, expect.any(Number)]],
    ['quests', dragon, 'notes', [68, 0]],
    ['quests', sword, null, null],
  ])
  expect(removed.every(({ userId }) => userId === party.ben.id)).toBe(true)
})
