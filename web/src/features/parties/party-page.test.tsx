import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { violations } from '../../testing/axe.ts'
import { openAppOnServer, signUp, untilStatus } from '../../testing/open-app-on-server.tsx'
import {
  changeTo,
  joinElsewhere,
  newPartyElsewhere,
  openAppInParty,
  openAppOfOwner,
  openPartyPage,
  untilIn,
} from '../../testing/parties.ts'
import { newPersonElsewhere, nextMailTo } from '../../testing/person-elsewhere.ts'
import { addQuests, goTo, main, openQuest, titles } from '../../testing/screen.ts'

const members = async () =>
  within(await screen.findByRole('list', { name: 'Members' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)
const dialog = async () => within(await screen.findByRole('dialog'))

/** Nothing can be changed to but one's own log. */
async function untilAloneOffered(user: UserEvent): Promise<void> {
  await user.click(screen.getByRole('button', { name: /^Change log/ }))
  await waitFor(() => {
    const offered = screen.getAllByRole('option').map(({ textContent }) => textContent)
    expect(offered).toEqual(['Personal logOpen now', 'New party…'])
  })
}

test('a party is made by its name, and its page has its maker as the only member', async () => {
  const app = await openAppOnServer()
  const { user } = app
  const { email } = await signUp(app)
  await user.click(screen.getAllByRole('button', { name: /^Change log/ })[0] ?? document.body)
  await user.click(await screen.findByRole('option', { name: 'New party…' }))
  await user.click(await screen.findByRole('textbox', { name: 'Name of the party' }))
  await user.paste('Raiders')
  await user.click(screen.getByRole('button', { name: 'Create party' }))
  await screen.findByRole('heading', { level: 1, name: 'Raiders' })
  await untilStatus('Saved')
  await waitFor(async () => expect(await members()).toEqual([expect.stringContaining(`Ada (you)${email}`)]))
  expect(await violations()).toEqual([])
})

test('an invitation is as its maker chose: the role, for how long, and mailed to whom it is for', async () => {
  const { user } = await openAppOfOwner('Mailed')
  await openPartyPage(user)
  const email = `${crypto.randomUUID()}@example.org`
  await user.click(await screen.findByRole('button', { name: 'Invite somebody' }))
  const form = await dialog()
  await user.selectOptions(form.getByLabelText('Role'), 'Viewer')
  await user.selectOptions(form.getByLabelText('Valid for'), '1 day')
  await user.click(form.getByLabelText(/^E-mail address/))
  await user.paste(email)
  await user.click(form.getByRole('button', { name: 'Create invitation' }))
  await screen.findByText(new RegExp(`The invitation is on its way to ${email}\\.`))
  const link = screen.getByRole<HTMLInputElement>('textbox', { name: 'Invitation link' }).value
  expect(await nextMailTo(email)).toContain(new URL(link).hash)
  await user.click(screen.getByRole('button', { name: 'Done' }))
  const line = await screen.findByText(email)
  expect(line.closest('li')?.textContent).toContain(`Viewer · ${email}`)
  expect(line.closest('li')?.textContent).toContain('used 0 of 1')
  const { ask } = await newPersonElsewhere()
  const preview = await ask('POST', '/invitations/preview', { token: new URL(link).hash.slice(1) })
  const { role, expiresAt } = preview as { readonly role: string; readonly expiresAt: string }
  expect(role).toBe('viewer')
  expect(Math.round((Date.parse(expiresAt) - Date.now()) / 3_600_000)).toBe(24)
})

test('an invitation that is revoked on the page can no longer be used', async () => {
  const { user, session, partyId } = await openAppOfOwner('Lost')
  const made = await session.rest.parties.invite(partyId, { role: 'member', expiresInDays: 7, maxUses: 1 })
  if (!made.ok) throw new Error('no invitation was made')
  await openPartyPage(user)
  await user.click(await screen.findByRole('button', { name: /^Revoke the invitation as Member/ }))
  await screen.findByText('No open invitations.')
  expect(await session.rest.parties.preview(made.value.token)).toMatchObject({ ok: false })
})

test('a role is given on the page, with a button beside the choice, and somebody is removed after a question', async () => {
  const { user, partyId, session } = await openAppOfOwner('Guild')
  await joinElsewhere(session, partyId, 'Ben')
  await openPartyPage(user)
  const roles = await screen.findByLabelText<HTMLSelectElement>('Role of Ben')
  await user.selectOptions(roles, 'Viewer')
  await user.click(screen.getByRole('button', { name: 'Give Ben the role “Viewer”' }))
  await screen.findByText('Ben now has the role “Viewer”.')
  await waitFor(() => expect(screen.getByLabelText('Role of Ben')).toHaveProperty('value', 'viewer'))
  await user.click(screen.getByRole('button', { name: 'More about Ben' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Remove from party' }))
  await user.click((await dialog()).getByRole('button', { name: 'Remove from party' }))
  await waitFor(() => expect(screen.queryByLabelText('Role of Ben')).toBeNull())
  expect(await members()).toHaveLength(1)
})

test('an owner renames the party, hands it over and leaves', async () => {
  const { user, partyId, session } = await openAppOfOwner('Old name')
  await joinElsewhere(session, partyId, 'Ben')
  await openPartyPage(user)
  await screen.findByText(/^You are the only owner\./)
  expect(screen.getByRole('button', { name: 'Leave party' })).toHaveProperty('disabled', true)
  await user.click(screen.getByRole('button', { name: 'Rename' }))
  const name = await screen.findByRole('textbox', { name: 'Name of the party' })
  await user.clear(name)
  await user.paste('New name')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByRole('heading', { level: 1, name: 'New name' })
  await user.click(screen.getByRole('button', { name: 'More about Ben' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Make owner in my place' }))
  await user.click((await dialog()).getByRole('button', { name: 'Make owner in my place' }))
  await screen.findByText('Ben is now the owner.')
  await waitFor(() => expect(screen.getByRole('button', { name: 'Leave party' })).toHaveProperty('disabled', false))
  await user.click(screen.getByRole('button', { name: 'Leave party' }))
  await user.click((await dialog()).getByRole('button', { name: 'Leave party' }))
  await untilIn('Personal log')
  await untilAloneOffered(user)
})

test('who was made the owner sees it, and deletes the party by typing its name', async () => {
  const party = await newPartyElsewhere('Old name')
  const { user, userId, reload } = await openAppInParty(party)
  await party.owner.ask('PATCH', `/workspaces/${party.id}`, { name: 'New name' })
  await party.owner.ask('POST', `/workspaces/${party.id}/transfer-ownership`, { userId })
  await party.owner.ask('POST', `/workspaces/${party.id}/leave`)
  await reload()
  await untilIn('New name')
  await openPartyPage(user)
  await waitFor(async () => expect(await members()).toHaveLength(1))
  await user.click(await screen.findByRole('button', { name: 'Delete party' }))
  const confirm = (await dialog()).getByRole('button', { name: 'Delete party' })
  expect(confirm).toHaveProperty('disabled', true)
  await user.click(screen.getByRole('textbox', { name: 'Type the name of the party to confirm' }))
  await user.paste('New name')
  expect(await violations()).toEqual([])
  await user.click(confirm)
  await untilIn('Personal log')
  await untilAloneOffered(user)
})

test('a party once opened opens without the server, with the names of its members, and what was written there goes out later', async () => {
  const party = await newPartyElsewhere('Explorers')
  const { user, network, reload } = await openAppInParty(party)
  await addQuests(user, 'Find the river')
  const open = await openQuest(user, 'Find the river')
  await user.selectOptions(await open.findByLabelText('Assigned to'), 'Ada')
  await user.click(open.getByRole('button', { name: 'Assign Ada' }))
  await main().findByText('+Ada')
  await untilStatus('Saved')
  await openPartyPage(user)
  await waitFor(async () => expect(await members()).toHaveLength(2))
  network.cut()
  await reload('/')
  await waitFor(() => expect(titles()).toEqual(['Find the river']))
  await main().findByText('+Ada')
  await addQuests(user, 'Written on the way')
  await untilStatus('Offline · 1 unsaved change')
  await openPartyPage(user)
  await screen.findByText('As last seen on this device.')
  expect(await members()).toEqual(['AdaOwner', 'Ben (you)Member'])
  expect(localStorage.getItem('questlog.members')).not.toContain('@')
  expect(await violations()).toEqual([])
  await changeTo(user, 'Personal log')
  network.restore()
  await waitFor(async () => {
    const { items } = (await party.owner.ask('GET', `/quests?workspaceId=${party.id}`)) as {
      readonly items: readonly { readonly title: string }[]
    }
    expect(items.map(({ title }) => title).sort()).toEqual(['Find the river', 'Written on the way'])
  })
})

test('what is written in one log or party is not in another', async () => {
  const party = await newPartyElsewhere('Raiders')
  const { user } = await openAppInParty(party)
  await addQuests(user, 'Scout the pass')
  await party.owner.ask('POST', '/quests', { workspaceId: party.id, title: 'Bring rope' })
  await waitFor(() => expect(titles()).toContain('Bring rope'))
  await changeTo(user, 'Personal log')
  await addQuests(user, 'Only mine')
  expect(titles()).toEqual(['Only mine'])
  await goTo(user, 'Inbox')
  await changeTo(user, 'Raiders')
  await waitFor(() => expect([...titles()].sort()).toEqual(['Bring rope', 'Scout the pass']))
  expect(main().queryByText('Only mine')).toBeNull()
})
