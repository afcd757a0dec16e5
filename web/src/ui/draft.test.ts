import { beforeEach, expect, test, vi } from 'vitest'
import { createDraft } from './draft.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

/** A draft of a record's title; `written` is what it wrote, `record.title` what another device may change. */
function openDraft(read: (text: string, isLeft: boolean) => string | null = (text) => text.trim() || null) {
  const record = { title: 'Old' }
  const written: string[] = []
  const save = (value: string) => {
    record.title = value
    written.push(value)
    return true
  }
  const draft = createDraft(
    () => ({ stored: record.title, read, save }),
    () => {},
  )
  return { draft, record, written }
}

test('what is typed is saved when typing pauses, and stays on screen as it was typed', () => {
  const { draft, written } = openDraft()
  draft.change('New ')
  expect([draft.text(), written]).toEqual(['New ', []])
  vi.runAllTimers()
  expect([draft.text(), written]).toEqual(['New ', ['New']])
})

test('a draft that is saved gives way to what another device sets, and does not write when the field is left', () => {
  const { draft, record, written } = openDraft()
  draft.change('Mine')
  draft.save(false)
  record.title = 'Theirs'
  expect(draft.text()).toBe('Theirs')
  draft.leave()
  vi.runAllTimers()
  expect([draft.text(), written]).toEqual(['Theirs', ['Mine']])
})

test('a draft that nobody touched never writes', () => {
  const { draft, record, written } = openDraft()
  record.title = 'Theirs'
  draft.save(true)
  draft.leave()
  expect([draft.text(), written]).toEqual(['Theirs', []])
})

test('what is being typed stands against what another device sets meanwhile', () => {
  const { draft, record, written } = openDraft()
  draft.change('Mine')
  record.title = 'Theirs'
  expect(draft.text()).toBe('Mine')
  draft.leave()
  expect([record.title, written]).toEqual(['Mine', ['Mine']])
})

test('what cannot be stored stays on screen until the field is left, and writes nothing', () => {
  const { draft, written } = openDraft()
  draft.change(' ')
  vi.runAllTimers()
  expect(draft.text()).toBe(' ')
  draft.leave()
  expect([draft.text(), written]).toEqual(['Old', []])
})

test('what can be stored only once the field is left is written then', () => {
  const { draft, written } = openDraft((text, isLeft) => (text === '' && !isLeft ? null : text))
  draft.change('')
  vi.runAllTimers()
  expect([draft.text(), written]).toEqual(['', []])
  draft.leave()
  expect(written).toEqual([''])
})

test('what was refused is kept on screen until the field is left', () => {
  const draft = createDraft(
    () => ({ stored: 'Old', read: (text) => text, save: () => false }),
    () => {},
  )
  draft.change('Refused')
  vi.runAllTimers()
  expect([draft.text(), draft.isTouched()]).toEqual(['Refused', true])
  draft.leave()
  expect(draft.text()).toBe('Old')
})
