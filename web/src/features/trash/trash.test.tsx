import { act, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { violations } from '../../testing/axe.ts'
import { openApp } from '../../testing/open-app.tsx'
import { addQuests, editor, goTo, main, quest, titles } from '../../testing/screen.ts'

/** The question before something is gone for good, once it says this. */
async function question(text: string | RegExp): Promise<HTMLElement> {
  const dialog = await screen.findByRole('dialog')
  await within(dialog).findByText(text)
  within(dialog).getByText(/There is no undo\./)
  return dialog
}

async function answer(user: UserEvent, dialog: HTMLElement, name = 'Delete for good'): Promise<void> {
  await user.click(within(dialog).getByRole('button', { name }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
}

async function moveToTrash(user: UserEvent, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    act(() => quest(name).focus())
    await user.keyboard('{Delete}')
    await waitFor(() => expect(titles()).not.toContain(name))
  }
}

test('quests of the Trash are read, and deleted for good one by one, chosen, or all, by key; the focus stays among them', async () => {
  const { user, workspace } = await openApp()
  await addQuests(user, 'First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth')
  const sixth = workspace.projection.list({ kind: 'inbox' })[5]
  if (sixth === undefined) throw new Error('no quest was added')
  act(() => workspace.note(sixth).insert(0, 'under the mat'))
  await moveToTrash(user, 'First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth')
  await goTo(user, 'Trash')
  await waitFor(() => expect(titles()).toHaveLength(6))

  await user.click(quest('Sixth'))
  await (await editor()).findByText(/^This quest is in the Trash\./)
  const notes = await screen.findByRole('textbox', { name: 'Notes' })
  expect(notes.textContent).toContain('under the mat')
  expect(notes.getAttribute('aria-readonly')).toBe('true')
  expect(await violations()).toEqual([])
  await user.click((await editor()).getByRole('button', { name: 'Delete for good' }))
  await answer(user, await question(/“.?Sixth.?” is removed everywhere/))
  await screen.findByText(/^Deleted for good: .?Sixth/)
  expect(screen.queryByRole('complementary', { name: 'Quest details' })).toBeNull()

  act(() => quest('Fifth').focus())
  await user.keyboard('{ArrowDown}')
  await waitFor(() => expect(document.activeElement).toBe(quest('Fourth')))
  await user.keyboard('{Delete}')
  await question(/“.?Fourth.?” is removed/)
  await user.tab()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(titles()).toEqual(['Fifth', 'Third', 'Second', 'First']))
  await waitFor(() => expect(document.activeElement).toBe(quest('Third')))

  await user.click(screen.getByRole('checkbox', { name: 'Choose Fifth' }))
  await user.click(screen.getByRole('checkbox', { name: 'Choose Second' }))
  await user.click(main().getByRole('button', { name: 'Delete for good' }))
  await answer(user, await question(/links: 2 quests\./))
  await waitFor(() => expect(titles()).toEqual(['Third', 'First']))

  await user.click(screen.getByRole('button', { name: 'Empty Trash' }))
  await answer(user, await question(/links: 2 quests\./), 'Empty Trash')
  await screen.findByText('The Trash is empty')
  await waitFor(() => expect(document.activeElement?.id).toBe('main'))

  await user.click(screen.getAllByRole('button', { name: 'Undo' })[0] ?? document.body)
  await waitFor(() => expect(screen.queryByText(/Undone: Added/)).toBeNull())
  await waitFor(() => expect(titles()).toEqual([]))
})

test('a project in the Trash shows its quests, and goes for good with them', async () => {
  const { user } = await openApp()
  await user.click(screen.getAllByRole('button', { name: 'New project' })[0] ?? document.body)
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'The long road{Enter}')
  await screen.findByRole('heading', { level: 1, name: 'The long road' })
  await addQuests(user, 'Pack', 'Leave')
  await user.click(screen.getByRole('button', { name: 'Edit project The long road' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Archive project' }))
  await screen.findByText(/^Archived “.?The long road.?”/)
  await user.click(screen.getAllByRole('button', { name: 'Undo' }).at(-1) ?? document.body)
  await screen.findByText(/^Undone: Archived “.?The long road.?”/)
  await user.click(screen.getByRole('button', { name: 'Edit project The long road' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Move project to Trash' }))
  await goTo(user, 'Trash')
  await user.click(quest('The long road'))
  await waitFor(() => expect([...titles()].sort()).toEqual(['Leave', 'Pack']))
  await user.click(quest('Pack'))
  await (await editor()).findByText(/^This quest is in the Trash\./)
  await user.click((await editor()).getByRole('button', { name: /^Close/ }))
  await user.click(await main().findByRole('button', { name: 'Delete for good' }))
  await answer(user, await question(/links: 1 project and 2 quests\./))
  await screen.findByText('The Trash is empty')
})
