import { screen } from '@testing-library/react'
import { test } from 'vitest'
import { openApp } from '../testing/open-app.tsx'
import { main } from '../testing/screen.ts'

test('an unknown address says that it is one, and leads to the Inbox', async () => {
  const { user } = await openApp('/no/such/page')
  await screen.findByRole('heading', { level: 1, name: 'No such page' })
  await user.click(main().getByRole('link', { name: 'Inbox' }))
  await screen.findByRole('heading', { level: 1, name: 'Inbox' })
})
