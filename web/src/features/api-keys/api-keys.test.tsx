import { screen, within } from '@testing-library/react'
import { expect, inject, test } from 'vitest'
import { openFromSettings } from '../../testing/account-pages.ts'
import { fill } from '../../testing/fill.ts'
import { openAppOnServer, signUp } from '../../testing/open-app-on-server.tsx'
import { send } from '../../testing/person-elsewhere.ts'
import { main } from '../../testing/screen.ts'

const dialog = () => within(screen.getByRole('dialog'))

test('an API key is shown once, works at once, and no longer when revoked', async () => {
  const app = await openAppOnServer()
  const { user } = app
  await signUp(app)
  await openFromSettings(user, 'API keys')
  await main().findByText('No keys yet')
  await user.click(main().getByRole('button', { name: 'New key' }))
  await fill(user, dialog().getByRole('textbox', { name: 'What it is for' }), 'Backup script')
  await user.selectOptions(dialog().getByLabelText('For'), 'Personal log')
  await user.selectOptions(dialog().getByLabelText('Valid'), 'For 30 days')
  await user.click(dialog().getByRole('button', { name: 'Create key' }))
  const key = (await screen.findByRole<HTMLInputElement>('textbox', { name: 'API key' })).value
  const ask = async (method: string, path: string, body?: object) =>
    (await send(method, `${inject('appServer').url}/api/v1${path}`, body, { authorization: `Bearer ${key}` })).status
  expect(await ask('GET', '/workspaces')).toBe(200)
  expect(await ask('POST', '/quests', { title: 'By a key that reads' })).toBe(403)
  await user.click(dialog().getByRole('button', { name: 'Done' }))
  expect(screen.queryByDisplayValue(key)).toBeNull()
  const keys = within(await screen.findByRole('list', { name: 'Your API keys' }))
  const line = within(keys.getByRole('listitem'))
  line.getByText('Backup script')
  line.getByText(/^Read · Ada · until /)
  await user.click(line.getByRole('button', { name: 'Revoke Backup script' }))
  await user.click(dialog().getByRole('button', { name: 'Revoke' }))
  await main().findByText('No keys yet')
  expect(await ask('GET', '/workspaces')).toBe(401)
})
