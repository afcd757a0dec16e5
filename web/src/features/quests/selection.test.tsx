import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { openApp } from '../../testing/open-app.tsx'
import { addQuests, goTo, main, quest, titles } from '../../testing/screen.ts'

const bar = () => screen.getByRole('region', { name: 'Selected quests' })

/** Selects quests of the list by their checkboxes. */
async function select(user: UserEvent, ...names: readonly string[]): Promise<void> {
  await user.click(screen.getByRole('button', { name: 'Select' }))
  for (const name of names) await user.click(screen.getByRole('checkbox', { name: `Select ${name}` }))
}

/** Presses the undo of the toast, which says what was done. */
async function undoInToast(user: UserEvent): Promise<void> {
  const undo = (await screen.findAllByRole('button', { name: 'Undo' })).at(-1)
  if (undo !== undefined) await user.click(undo)
}

/** Gives a quest a due date as the keyboard does. */
async function pickDue(user: UserEvent, title: string, day: string): Promise<void> {
  quest(title).focus()
  await user.keyboard('d')
  await user.type(within(await screen.findByRole('dialog')).getByRole('combobox'), day)
  await screen.findAllByRole('option')
  await user.keyboard('{Enter}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
}

test('what is done to several quests at once is taken back by one undo', async () => {
  const { user } = await openApp()
  await addQuests(user, 'First', 'Second', 'Third')
  await select(user, 'First', 'Third')
  await user.click(within(bar()).getByRole('button', { name: 'Complete' }))
  await screen.findByText('2 quests done')
  await waitFor(() => expect(titles()).toEqual(['Second']))
  await user.keyboard('{Control>}z{/Control}')
  await waitFor(() => expect(titles()).toEqual(['First', 'Second', 'Third']))

  await select(user, 'Second', 'Third')
  await user.click(within(bar()).getByRole('button', { name: 'Tag' }))
  await user.type(within(await screen.findByRole('dialog')).getByRole('combobox'), 'deep')
  await user.click(await screen.findByRole('option', { name: 'New tag @deep' }))
  await waitFor(() => expect(main().getAllByText('@deep')).toHaveLength(2))
  await undoInToast(user)
  await waitFor(() => expect(main().queryAllByText('@deep')).toHaveLength(0))
})

test('on a page without a list, keys that act on a quest change none, and the palette says that one has to be chosen', async () => {
  const { user } = await openApp()
  await addQuests(user, 'First', 'Second')
  quest('First').focus()
  await goTo(user, 'Settings')
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  await user.keyboard('c1{Delete}x{Enter}')
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await screen.findByRole('combobox', { name: 'Actions and quests' }), 'Complete or reopen')
  await user.keyboard('{Enter}')
  await screen.findByText('Choose a quest in a list first.')
  expect(location.search).toBe('')
  await goTo(user, 'Inbox')
  await waitFor(() => expect(titles()).toEqual(['First', 'Second']))
  expect(main().queryAllByText('P1')).toEqual([])
})

test('a quest that a picker moves to another section keeps the focus, and one that leaves hands it on', async () => {
  const { user } = await openApp('/today')
  await addQuests(user, 'First', 'Second', 'Third')
  await pickDue(user, 'Second', '2020-01-31')
  await screen.findByRole('heading', { name: /^Overdue/ })
  await waitFor(() => expect(quest('Second')).toBe(document.activeElement))
  await pickDue(user, 'First', '2999-01-31')
  await waitFor(() => expect(titles()).toEqual(['Second', 'Third']))
  await waitFor(() => expect(quest('Third')).toBe(document.activeElement))
  await undoInToast(user)
  await waitFor(() => expect(titles()).toEqual(['Second', 'First', 'Third']))
})

test('a project comes back from the Trash with the quests that went with it', async () => {
  const { user } = await openApp()
  await user.click(screen.getAllByRole('button', { name: 'New project' })[0] ?? bar())
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'The long road{Enter}')
  await screen.findByRole('heading', { level: 1, name: 'The long road' })
  await addQuests(user, 'Pack', 'Leave')
  await user.click(screen.getByRole('button', { name: 'Edit project The long road' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Move project to Trash' }))
  await goTo(user, 'Trash')
  await screen.findByText('Project with 2 quests')
  await user.click(screen.getByRole('button', { name: 'Restore The long road' }))
  await goTo(user, 'The long road')
  await waitFor(() => expect(titles()).toEqual(['Pack', 'Leave']))
})
