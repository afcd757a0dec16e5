import { expect, test } from 'vitest'
import { z } from 'zod'
import { deleteEverything, useParty } from './testing/use-party.ts'

const party = useParty()
const { activity, everything, fill, headSeq, make, refusal, restore, writePast } = party

test('[R50] a workspace in which everything was deleted comes back whole, and goes again when that is undone', async () => {
  await fill()
  const moment = await headSeq()
  const before = await everything()
  await writePast(party.ben.id, deleteEverything)
  const emptied = await everything()

  const foretold = await restore({ at: moment, dryRun: true })
  expect(await everything()).toEqual(emptied)
  const restored = await restore({ at: moment })
  expect(restored).toEqual({ ...foretold, seq: foretold.seq + 1, dryRun: false })
  expect(restored).toMatchObject({
    before: moment + 1,
    moment: { seq: moment },
    tables: {
      quests: { returned: 3 },
      completions: { returned: 2 },
      relations: { returned: 1 },
      tags: { returned: 1 },
    },
  })
  expect(await everything()).toEqual(before)
  expect((await activity())[0]).toMatchObject({
    userId: party.ana.id,
    kind: 'workspace',
    recordId: party.id,
    seq: restored.seq,
    after: { seq: moment, records: null, tables: { quests: { returned: 3 } } },
  })

  const undone = await restore({ at: restored.before })
  expect(undone.tables.quests).toEqual({ returned: 0, changed: 0, trashed: 0, removed: 3 })
  expect(await everything()).toEqual(emptied)
  await restore({ at: undone.before })
  expect(await everything()).toEqual(before)
})

test('[R50] a workspace is put back: changes are undone, what was made since goes to the Trash, and all of that can be undone', async () => {
  const { dragon, sword, horse, tag, project, relation } = await fill()
  const moment = await headSeq()
  const before = await everything()
  await party.ben.call('PATCH', `/quests/${dragon}`, {
    title: 'Tame the dragon',
    notes: 'It is friendly.',
    tags: [],
    priority: 1,
  })
  await party.ben.call('POST', `/quests/${sword}/reopen`)
  await party.ben.call('POST', `/quests/${dragon}/complete`)
  await make('/relations', { kind: 'relates', from: dragon, to: sword })
  await party.ben.call('DELETE', `/tags/${tag}`)
  await party.ben.call('DELETE', `/projects/${project}`)
  await party.ben.call('DELETE', `/relations/${relation}`)
  await party.ben.call('DELETE', `/quests/${horse}`)
  await party.ben.call('POST', `/quests/${horse}/purge`)
  const later = await make('/quests', { title: 'Made later', notes: 'Kept' })
  const laterTag = await make('/tags', { name: 'later' })
  const changed = await everything()

  const restored = await restore({ at: moment })
  expect(restored.tables).toMatchObject({
    quests: { returned: 1, trashed: 1 },
    notes: { changed: 1 },
    relations: { returned: 1, removed: 1 },
    tags: { returned: 1 },
  })
  const after = await everything()
  const ids = (list: unknown) =>
    z
      .object({ items: z.array(z.object({ id: z.string() })) })
      .parse(list)
      .items.map(({ id }) => id)
  for (const list of ['quests', 'projects', 'sections', 'categories', 'relations', 'templates']) {
    expect(after[list], list).toEqual(before[list])
  }
  expect(ids(after['quests?trashed=true'])).toEqual([later])
  expect(ids(after.tags)).toEqual(expect.arrayContaining([tag, laterTag]))
  expect((await party.ana.quest(later)).notes).toBe('Kept')

  expect((await restore({ at: moment })).seq).toBe(restored.seq)
  await restore({ at: restored.before })
  expect(await everything()).toEqual(changed)
})

test('a moment is named by its time too, and is refused when it is ahead or before everything', async () => {
  await fill()
  const [last] = await activity()
  await writePast(party.ben.id, deleteEverything)
  expect((await restore({ at: last?.at, dryRun: true })).moment).toEqual({ seq: last?.seq, at: last?.at })
  expect(await refusal({ at: '2020-01-01T00:00:00.000Z' })).toEqual({
    code: 'moment-gone',
  })
  expect(await refusal({ at: (last?.seq ?? 0) + 50 })).toMatchObject({
    code: 'invalid-request',
    errors: [{ path: 'at' }],
  })
  const records = [{ table: 'quests', id: 'never-there' }]
  expect(await refusal({ at: last?.seq, records })).toMatchObject({
    code: 'invalid-request',
    errors: [{ path: 'records.0' }],
  })
})

test('a restore that is sent again with its idempotency key is done once', async () => {
  await fill()
  const moment = await headSeq()
  await writePast(party.ben.id, deleteEverything)
  const send = () =>
    party.ana.call('POST', `/workspaces/${party.id}/restore`, { at: moment }, { 'idempotency-key': party.id })
  const [first, again] = [await send(), await send()]
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect(await again.json()).toEqual(await first.json())
  expect(await headSeq()).toBe(moment + 2)
})

test('a member cannot put anything back', async () => {
  expect(await party.ben.refusal('POST', `/workspaces/${party.id}/restore`, { at: 0 })).toEqual({ code: 'forbidden' })
})
