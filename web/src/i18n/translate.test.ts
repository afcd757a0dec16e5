import { expect, test } from 'vitest'
import { translateIn } from './translate.ts'

test('a value that runs from right to left is isolated from the words around it, and no other', () => {
  expect(translateIn('en', 'quest.completed', { title: 'حارب التنين' })).toBe('Done: \u2068حارب التنين\u2069')
  expect(translateIn('en', 'quest.completed', { title: 'משימה' })).toBe('Done: \u2068משימה\u2069')
  expect(translateIn('en', 'quest.completed', { title: 'Größe' })).toBe('Done: Größe')
})

test('numbers are grouped, and choose between one and many', () => {
  expect(translateIn('en', 'list.count', { count: 1 })).toBe('1 quest')
  expect(translateIn('en', 'list.count', { count: 10_000 })).toBe('10,000 quests')
})
