import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { flushSync } from 'react-dom'
import { expect, test } from 'vitest'
import { openApp } from '../../testing/open-app.tsx'
import { addQuests, quest } from '../../testing/screen.ts'
import { addTagByName } from '../quests/tag-commands.ts'

const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Tags' })
const chips = () =>
  screen.queryAllByRole('button', { name: /^Remove tag/ }).map((chip) => chip.getAttribute('aria-label'))
const list = () => screen.queryByRole('listbox', { name: 'Tags' })
const offered = () => [...(list()?.children ?? [])].map(({ textContent }) => textContent)

/** Opens the editor of a new quest, beside another that has these tags. */
async function openField(...known: readonly string[]): Promise<UserEvent> {
  const { user, workspace } = await openApp()
  await addQuests(user, 'Tagged', 'Bake')
  const [tagged] = workspace.projection.list({ kind: 'inbox' })
  if (tagged === undefined) throw new Error('no quest was added')
  act(() => {
    for (const name of known) addTagByName(workspace, [tagged], name)
  })
  await user.click(quest('Bake'))
  await screen.findByRole('combobox', { name: 'Tags' })
  await user.click(field())
  return user
}

test.each([
  ['creme', '@crème'],
  ['CRE', '@crème'],
  ['grosse', '@Große'],
  ['@cafe\u0301', '@café'],
])('a tag is found by what its name folds to: %s', async (typed, found) => {
  const user = await openField('crème', 'Große', 'café')
  await user.type(field(), typed)
  await waitFor(() => expect(offered()).toContain(found))
  expect(offered().filter((label) => !label?.startsWith('New tag'))).toEqual([found])
})

test('Enter adds the tag of the name that is written, or makes it, though others have it in theirs', async () => {
  const user = await openField('deep work', 'crème')
  await user.type(field(), 'deep')
  await waitFor(() => expect(offered()).toEqual(['New tag @deep', '@deep work']))
  await user.keyboard('{Enter}')
  await waitFor(() => expect(chips()).toEqual(['Remove tag deep']))
  expect([field().value, offered()]).toEqual(['', []])
  await user.type(field(), 'creme')
  await waitFor(() => expect(offered()).toEqual(['@crème', 'New tag @creme']))
  await user.keyboard('{Enter}')
  await waitFor(() => expect(chips()).toHaveLength(2))
  expect(chips()).toContain('Remove tag crème')
})

test('an Enter right after the last letter, before the list is there, adds the tag', async () => {
  await openField('crème')
  act(() => {
    // As in a browser: what is typed is on screen before the next key, what follows from it is not.
    flushSync(() => fireEvent.change(field(), { target: { value: 'creme' } }))
    fireEvent.keyDown(field(), { key: 'Enter' })
  })
  await waitFor(() => expect(chips()).toEqual(['Remove tag crème']))
  expect([field().value, offered()]).toEqual(['', []])
})

test('arrows and pointer pick a tag from the list, which leaves out those that the quest has', async () => {
  const user = await openField('home', 'garden', 'work')
  await user.keyboard('{ArrowDown}')
  await waitFor(() => expect(offered()).toEqual(['@garden', '@home', '@work']))
  await user.keyboard('{ArrowDown}{Enter}')
  await waitFor(() => expect(chips()).toEqual(['Remove tag home']))
  await user.keyboard('{ArrowDown}')
  await waitFor(() => expect(offered()).toEqual(['@garden', '@work']))
  await user.click(screen.getByRole('option', { name: '@work' }))
  await waitFor(() => expect(chips()).toHaveLength(2))
  expect(field().value).toBe('')
})

test('Escape takes back what is written and closes the list, and only then leaves', async () => {
  const user = await openField('home')
  await user.type(field(), 'ho')
  await waitFor(() => expect(offered()).toContain('@home'))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(offered()).toEqual([]))
  expect([field().value, document.activeElement === field(), chips()]).toEqual(['', true, []])
  await user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement).not.toBe(field()))
  expect(chips()).toEqual([])
})

test('what is half written when the field is left becomes a tag as it is written', async () => {
  const user = await openField('crème')
  await user.type(field(), 'creme')
  act(() => field().blur())
  await waitFor(() => expect(chips()).toEqual(['Remove tag creme']))
})

test('a name that is no tag’s stays in the field', async () => {
  const user = await openField()
  const tooLong = 'x'.repeat(200)
  await user.paste(tooLong)
  await user.keyboard('{Enter}')
  await waitFor(() => expect(offered()).toEqual([]))
  expect([field().value, chips()]).toEqual([tooLong, []])
})

test('Enter and Escape of an input method neither add nor take back', async () => {
  const user = await openField('deep')
  await user.type(field(), 'deep')
  await waitFor(() => expect(offered()).toEqual(['@deep']))
  for (const key of ['Enter', 'Escape']) {
    fireEvent.keyDown(field(), { key, keyCode: 229 })
    fireEvent.keyDown(field(), { key, isComposing: true })
  }
  expect([field().value, offered(), chips()]).toEqual(['deep', ['@deep'], []])
})

test('a screen reader is told of the field, its list and the line in hand', async () => {
  const user = await openField('home')
  expect(field().getAttribute('aria-expanded')).toBe('false')
  await user.type(field(), 'ho')
  await waitFor(() => expect(field().getAttribute('aria-expanded')).toBe('true'))
  expect(field().getAttribute('aria-controls')).toBe(list()?.id)
  const first = await screen.findByRole('option', { name: 'New tag @ho' })
  expect(field().getAttribute('aria-activedescendant')).toBe(first.id)
})
