import { waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../../testing/open-app.tsx'
import { goTo, quest, quickAdd } from '../../testing/screen.ts'

test('what is half typed outlives a change of view, each place its own, until it is a quest', async () => {
  const { user } = await openApp()
  const typed = () => quickAdd().getAttribute('value')
  await user.type(quickAdd(), 'Half a thou')
  await goTo(user, 'Today')
  expect(typed()).toBe('')
  await user.type(quickAdd(), 'For today')
  await goTo(user, 'Inbox')
  expect(typed()).toBe('Half a thou')
  await user.type(quickAdd(), '{Enter}')
  await waitFor(() => quest('Half a thou'))
  await goTo(user, 'Today')
  expect(typed()).toBe('For today')
  await goTo(user, 'Inbox')
  expect(typed()).toBe('')
})
