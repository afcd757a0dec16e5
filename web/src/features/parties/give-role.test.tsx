import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openAppOnServer, signUp } from '../../testing/open-app-on-server.tsx'
import { newPersonElsewhere, signInElsewhere } from '../../testing/person-elsewhere.ts'

test('keys on a role only choose; a button gives it, and Escape takes the choice back', async () => {
  const app = await openAppOnServer()
  const { user } = app
  const ada = await signInElsewhere(await signUp(app))
  const ben = await newPersonElsewhere('Ben')
  const party = (await ada.ask('POST', '/workspaces', { name: 'Guild', kind: 'party' })) as { readonly id: string }
  const { token } = (await ada.ask('POST', `/workspaces/${party.id}/invitations`, { role: 'member' })) as {
    readonly token: string
  }
  await ben.ask('POST', '/invitations/accept', { token })
  await app.session.refreshWorkspaces()
  await app.session.openWorkspace(party.id)
  await app.reload('/party')
  const roles = async () => screen.findByRole<HTMLSelectElement>('combobox', { name: 'Role of Ben' })
  const chosen = async () => {
    const { options, selectedIndex } = await roles()
    return options[selectedIndex]?.textContent
  }
  const roleOfBen = async () => {
    const { items } = (await ada.ask('GET', `/workspaces/${party.id}/members`)) as {
      items: { readonly displayName: string; readonly role: string }[]
    }
    return items.find(({ displayName }) => displayName === 'Ben')?.role
  }
  // What a key does to a list that is closed.
  await user.selectOptions(await roles(), 'Owner')
  expect(await chosen()).toBe('Owner')
  screen.getByRole('button', { name: /^Give Ben the role/ })
  await user.keyboard('{Escape}')
  expect([await chosen(), screen.queryByRole('button', { name: /^Give Ben the role/ })]).toEqual(['Member', null])
  await app.reload()
  expect([await chosen(), await roleOfBen()]).toEqual(['Member', 'member'])
  await user.selectOptions(await roles(), 'Viewer')
  expect(await roleOfBen()).toBe('member')
  await user.click(screen.getByRole('button', { name: 'Give Ben the role “Viewer”' }))
  await waitFor(async () => expect([await chosen(), await roleOfBen()]).toEqual(['Viewer', 'viewer']))
})
