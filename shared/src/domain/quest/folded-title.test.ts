import { expect, test } from 'vitest'
import { newId, type QuestId } from '../kernel/ids.ts'
import { foldedTitle } from './folded-title.ts'
import { makeQuest } from './make-quest.ts'

test('a title is folded once for each quest as it is, and again once it was changed', () => {
  let reads = 0
  const quest = {
    get title() {
      reads += 1
      return 'Ёлка'
    },
  }
  expect([foldedTitle(quest), foldedTitle(quest), reads]).toEqual(['елка', 'елка', 1])
  const before = makeQuest({ id: newId<QuestId>(), title: 'Straße' })
  expect([foldedTitle(before), foldedTitle({ ...before, title: 'Gasse' })]).toEqual(['strasse', 'gasse'])
})
