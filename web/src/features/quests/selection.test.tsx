import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { openApp } from '../../testing/open-app.tsx'
import { addQuests, titles } from '../../testing/screen.ts'

const bar = () => screen.getByRole('region', { name: 'Selected quests' })
const main = () => within(screen.getByRole('main'))

/** Selects quests of the list by their checkboxes. */
async function select(user: UserEvent, ...names: readonly string[]): Promise<void> {
  await user.click(screen.getByRole('button', { name: 'Select' }))
  for (const name of names) await user.click(screen.getByRole('checkbox', { name: `Select ${name}` }))
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
  await user.click(screen.getAllByRole('button', { name: 'Undo' }).at(-1) ?? bar())
  await waitFor(() => expect(main().queryAllByText('@deep')).toHaveLength(0))
})
