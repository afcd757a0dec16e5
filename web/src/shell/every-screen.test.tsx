import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { violations } from '../testing/axe.ts'
import { openApp } from '../testing/open-app.tsx'
import { addQuests, quest } from '../testing/screen.ts'

test.each([
  ['/', 'Inbox'],
  ['/today', 'Today'],
  ['/projects', 'Projects'],
  ['/trash', 'Trash'],
  ['/devices', 'Sync and devices'],
  ['/settings', 'Settings'],
])('the screen at %s has the heading %s and nothing that keeps programs from reading it', async (path, name) => {
  await openApp(path)
  await screen.findByRole('heading', { level: 1, name })
  expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1)
  expect(await violations()).toEqual([])
})

test('a list with quests and the editor of one are read by programs too', async () => {
  const { user } = await openApp()
  await addQuests(user, 'First', 'Second')
  await user.click(quest('First'))
  await screen.findByRole('textbox', { name: 'Title' })
  expect(await violations()).toEqual([])
})
