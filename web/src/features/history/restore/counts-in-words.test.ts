import { expect, test } from 'vitest'
import { loadLaterTexts, translateIn } from '../../../i18n/translate.ts'
import { countsInWords } from './counts-in-words.ts'

const none = { returned: 0, changed: 0, trashed: 0, removed: 0 }

test('a restore is described by what happens to things, in a fixed order, with tables nobody lists counted together', async () => {
  await loadLaterTexts()
  const counted = {
    tags: { ...none, returned: 1 },
    quests: { returned: 3, changed: 1, trashed: 2, removed: 0 },
    views: { ...none, changed: 1 },
    settings: { ...none, changed: 1 },
    relations: { ...none, removed: 1 },
  }
  expect(countsInWords(counted, (key, values) => translateIn('en', key, values), 'en')).toEqual([
    'Comes back: 3 quests and 1 tag',
    'Becomes as it was: 1 quest and 2 other things',
    'Goes to the Trash, made since then: 2 quests',
    'Goes again: 1 link',
  ])
  expect(countsInWords({}, (key) => key, 'en')).toEqual([])
})
