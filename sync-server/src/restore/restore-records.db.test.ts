import { expect, test } from 'vitest'
import { useParty } from './testing/use-party.ts'

const party = useParty()
const { everything, fill, headSeq, restore, writePast } = party

test('[R50] a quest that was deleted for good comes back with what belongs to it, and nothing else changes', async () => {
  const { dragon, sword, horse, relation } = await fill()
  const moment = await headSeq()
  const before = await everything()
  await party.ben.call('PATCH', `/quests/${horse}`, { title: 'Sell the horse' })
  for (const id of [dragon, sword]) {
    await party.ben.call('DELETE', `/quests/${id}`)
    await party.ben.call('POST', `/quests/${id}/purge`)
  }
  const purged = await everything()
  const records = [{ table: 'quests', id: dragon }]
  const restored = await restore({ at: moment, records })
  expect(restored.tables).toEqual({
    quests: { returned: 2, changed: 0, trashed: 0, removed: 0 },
    relations: { returned: 1, changed: 0, trashed: 0, removed: 0 },
  })
  const after = await everything()
  expect(after.relations).toEqual(before.relations)
  expect(after.completions).toEqual(before.completions)
  expect((await party.ana.quest(dragon)).notes).toMatch(/^The dragon lives north/)
  expect((await party.ana.quest(sword)).parentId).toBe(dragon)
  expect((await party.ana.quest(horse)).title).toBe('Sell the horse')
  expect(relation).toContain('blocks')

  await restore({ at: restored.before, records })
  expect(await everything()).toEqual(purged)
})

test('a tag, a section and a category go back on the quests that had them; notes come back alone', async () => {
  const { dragon, sword, tag, section, category } = await fill()
  const moment = await headSeq()
  for (const [path, id] of Object.entries({ tags: tag, sections: section, categories: category })) {
    await party.ben.call('DELETE', `/${path}/${id}`)
  }
  await party.ben.call('PATCH', `/quests/${dragon}`, { title: 'Tame the dragon', notes: '' })
  const before = await everything()
  const records = [
    { table: 'tags', id: tag },
    { table: 'sections', id: section },
    { table: 'categories', id: category },
    { table: 'notes', id: dragon },
  ]
  const restored = await restore({ at: moment, records })
  expect(await party.ana.quest(dragon)).toMatchObject({
    title: 'Tame the dragon',
    notes: expect.stringMatching(/^The dragon lives/),
    tags: [tag],
    sectionId: section,
  })
  expect(await party.ana.quest(sword)).toMatchObject({ categoryId: category })
  await restore({ at: restored.before, records })
  expect({ ...(await everything()) }).toMatchObject({
    tags: before.tags,
    sections: before.sections,
    categories: before.categories,
  })
  expect(await party.ana.quest(dragon)).toMatchObject({ tags: [], sectionId: null })
})

test('a project comes back with its sections and those of its quests that are gone', async () => {
  const { project, section, dragon, sword } = await fill()
  const moment = await headSeq()
  await writePast(party.ben.id, (doc) => {
    for (const table of ['projects', 'sections', 'quests']) doc.getArray(table).delete(0, doc.getArray(table).length)
  })
  const { tables: counts } = await restore({ at: moment, records: [{ table: 'projects', id: project }] })
  expect(Object.fromEntries(Object.entries(counts).map(([table, { returned }]) => [table, returned]))).toEqual({
    projects: 1,
    sections: 1,
    quests: 2,
  })
  expect(await party.ana.quest(dragon)).toMatchObject({ projectId: project, sectionId: section })
  expect(await party.ana.quest(sword)).toMatchObject({ parentId: dragon })
})
