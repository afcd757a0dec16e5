import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { openApp } from '../testing/open-app.tsx'
import { addQuests, editor, goTo, quest, quickAdd, titles } from '../testing/screen.ts'

// Odd, so that what goes on and off ends as it was: with the first press the count is even.
const repeats = 11

/** Holds a key down: the second and later presses say that they are repeats. */
function hold(user: UserEvent, key: string): Promise<void> {
  return user.keyboard(`{${key}>${repeats + 1}/}`)
}

const steps = () => screen.queryAllByRole<HTMLTextAreaElement>('textbox', { name: 'Step' })
const stepTexts = () => steps().map(({ value }) => value)
const bar = () => screen.queryByRole('region', { name: 'Selected quests' })

/** Opens a list with these quests, the first in hand. */
async function openList(...names: readonly string[]): Promise<UserEvent> {
  const { user } = await openApp()
  await addQuests(user, ...names)
  quest(names[0] ?? '').focus()
  return user
}

async function openWithSteps(...texts: readonly string[]): Promise<UserEvent> {
  const user = await openList('With steps')
  await user.click(quest('With steps'))
  for (const text of texts) await user.type(await screen.findByLabelText('Add a step'), `${text}{Enter}`)
  await waitFor(() => expect(stepTexts()).toEqual(texts))
  return user
}

test('Backspace held in an emptied step neither removes it nor touches another', async () => {
  const user = await openWithSteps('one', 'two', 'three')
  await user.click(steps()[2] ?? document.body)
  await hold(user, 'Backspace')
  expect(stepTexts()).toEqual(['one', 'two', ''])
})

test('Backspace held in an empty step removes that step and no more', async () => {
  const user = await openWithSteps('one', 'two', 'three')
  await user.clear(steps()[2] ?? document.body)
  await hold(user, 'Backspace')
  expect(stepTexts()).toEqual(['one', 'two'])
  await waitFor(() => expect(document.activeElement).toBe(steps()[1]))
  await user.keyboard('{End}{Backspace}')
  expect(stepTexts()).toEqual(['one', 'tw'])
})

test('Delete held in a list throws one quest away', async () => {
  const user = await openList('First', 'Second', 'Third')
  await hold(user, 'Delete')
  await waitFor(() => expect(titles()).toEqual(['Second', 'Third']))
})

test.each(['c', ' '])('“%s” held in a list completes one quest', async (key) => {
  const user = await openList('First', 'Second', 'Third')
  await hold(user, key)
  await waitFor(() => expect(titles()).toEqual(['Second', 'Third']))
})

test('x held in a list selects the quest and leaves it selected', async () => {
  const user = await openList('First', 'Second')
  await hold(user, 'x')
  await screen.findByText('1 selected')
})

test('j held goes to the end of a list', async () => {
  const user = await openList('First', 'Second', 'Third')
  await hold(user, 'j')
  await waitFor(() => expect(document.activeElement).toBe(quest('Third')))
})

test('Ctrl+Z held takes everything back', async () => {
  const user = await openList('First', 'Second', 'Third')
  await user.keyboard('{Control>}')
  await hold(user, 'z')
  await user.keyboard('{/Control}')
  await waitFor(() => expect(titles()).toEqual([]))
})

test('a key held while it opens a field does not write into it', async () => {
  const user = await openList('First')
  await hold(user, 'e')
  const title = (await editor()).getByRole<HTMLTextAreaElement>('textbox', { name: 'Title' })
  await waitFor(() => expect(document.activeElement).toBe(title))
  expect(title.value).toBe('First')
  await user.keyboard('{Escape}{Escape}')
  await hold(user, 'q')
  await waitFor(() => expect(document.activeElement).toBe(quickAdd()))
  expect(quickAdd()).toHaveProperty('value', '')
})

test('what is typed right after the key that edits a quest, or writes one, is text and no shortcut', async () => {
  const user = await openList('First', 'Second')
  pressAtOnce('e', 'x', 'Delete', 'c')
  await waitFor(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'))
  expect(titles()).toEqual(['First', 'Second'])
  expect(bar()).toBeNull()
  await user.keyboard('{Escape}{Escape}')

  await goTo(user, 'Settings')
  pressAtOnce('q', 'g', 't')
  await waitFor(() => expect(document.activeElement).toBe(quickAdd()))
  expect(location.pathname).toBe('/')
})

/** Presses keys faster than the page can draw, each on what has the focus then. */
function pressAtOnce(...keys: readonly string[]): void {
  act(() => {
    for (const key of keys) fireEvent.keyDown(document.activeElement ?? document.body, { key })
  })
}
