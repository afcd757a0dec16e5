import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { violations } from '../../testing/axe.ts'
import { takeDownloads } from '../../testing/downloads.ts'
import { untilStatus } from '../../testing/open-app-on-server.tsx'
import { newPartyElsewhere, openAppInParty, openPartyPage, untilIn } from '../../testing/parties.ts'
import {
  addQuests,
  checkbox,
  editor,
  goTo,
  main,
  openQuest,
  quest,
  quickAdd,
  titles,
  untilDone,
} from '../../testing/screen.ts'

const notice = async (text: RegExp) => {
  const title = await screen.findByText(text)
  return within(title.closest<HTMLElement>('[role=alert]') ?? document.createElement('p'))
}

/** The open quest and the list cannot be changed. */
async function expectReadOnly(title: string): Promise<void> {
  const open = await editor()
  await waitFor(() => {
    const closed = [
      quickAdd(),
      checkbox(title),
      open.getByRole('textbox', { name: 'Title' }),
      ...screen.getAllByRole('button', { name: 'New project' }),
      screen.getByRole('button', { name: 'Undo' }),
    ]
    expect(closed.map((one) => one.closest('[disabled], [aria-disabled=true]') !== null)).toEqual(
      closed.map(() => true),
    )
    expect(open.getByRole('textbox', { name: 'Notes' }).getAttribute('contenteditable')).toBe('false')
  })
}

/** Each of these keys on a quest is answered in words, opens nothing and changes nothing. */
async function expectRefused(user: UserEvent, title: string, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    quest(title).focus()
    await user.keyboard(key)
    const refusal = await screen.findByText('You can read this log but not change it.')
    expect(refusal.closest('[role=alert]')).not.toBeNull()
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Dismiss message' }))
  }
  expect(checkbox(title).getAttribute('aria-checked')).toBe('false')
}

test('whose role is lowered is told so, reads on and can change nothing; raised again, they write at once', async () => {
  const party = await newPartyElsewhere('Guild')
  const { user, userId } = await openAppInParty(party)
  await addQuests(user, 'Before')
  quest('Before').focus()
  await user.keyboard('1')
  const opened = await openQuest(user, 'Before')
  await opened.findByRole('textbox', { name: 'Notes' })
  const fold = opened.getByText('History')
  await user.click(fold)
  const history = within(fold.closest('details') ?? fold)
  await history.findAllByRole('button', { name: /^Restore/ })
  await untilStatus('Saved')
  await party.giveRole(userId, 'viewer')
  await screen.findByText('You are a viewer in Guild.')
  await expectReadOnly('Before')
  await expectRefused(user, 'Before', 'c', 'd', 'a', '{Delete}', '{Control>}z{/Control}', 'q')
  await history.findByText(/Priority: from/)
  expect(history.queryAllByRole('button', { name: /^Restore/ })).toEqual([])
  expect(await violations()).toEqual([])

  await openPartyPage(user)
  await screen.findByText(/^You are a viewer here/)
  expect(screen.queryByRole('button', { name: 'Invite somebody' })).toBeNull()
  expect(main().queryAllByRole('combobox')).toEqual([])
  await goTo(user, 'Inbox')
  await party.giveRole(userId, 'member')
  await waitFor(() => expect(quickAdd()).toHaveProperty('disabled', false))
  await addQuests(user, 'After')
  const open = await openQuest(user, 'Before')
  await waitFor(() => {
    expect(open.getByRole('textbox', { name: 'Notes' }).getAttribute('contenteditable')).toBe('true')
  })
  await user.click(checkbox('After'))
  await untilDone(user, 'After')
  await untilStatus('Saved')
})

test('what a lowered role wrote offline is offered for export, and the party is fetched again', async () => {
  const party = await newPartyElsewhere('Watch')
  const { user, userId, network } = await openAppInParty(party)
  await addQuests(user, 'Before')
  await untilStatus('Saved')
  network.cut()
  await addQuests(user, 'Too late')
  await party.giveRole(userId, 'viewer')
  network.restore()
  const tooLate = await notice(/^You may no longer change Watch\./)
  await tooLate.findByText(/1 change of yours came too late/)
  expect(await violations()).toEqual([])
  const downloads = takeDownloads()
  await user.click(await tooLate.findByRole('button', { name: 'Export as JSON' }))
  expect((await downloads.next()).text).toContain('"Too late"')
  await user.click(tooLate.getByRole('button', { name: 'Discard and fetch again' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Discard and fetch again' }))
  await screen.findByText('You are a viewer in Watch.')
  await waitFor(() => expect(titles()).toEqual(['Before']))
})

test('who is removed is told so, can change nothing any more, over a reload too, exports, and removes the copy', async () => {
  const party = await newPartyElsewhere('Band')
  const { user, userId, network, reload } = await openAppInParty(party)
  await addQuests(user, 'Ours')
  await untilStatus('Saved')
  await (await openQuest(user, 'Ours')).findByRole('textbox', { name: 'Notes' })
  await waitFor(() => expect(localStorage.getItem('questlog.members')).toContain('Ada'))
  await party.owner.ask('DELETE', `/workspaces/${party.id}/members/${userId}`)
  await notice(/^You no longer belong to Band\./)
  await expectReadOnly('Ours')
  await expectRefused(user, 'Ours', 'c')
  expect(await violations()).toEqual([])
  network.cut()
  await reload(location.pathname + location.search)
  await screen.findByText('This log can only be read here.')
  await (await editor()).findByRole('textbox', { name: 'Notes' })
  await expectReadOnly('Ours')
  network.restore()
  const removed = await notice(/^You no longer belong to Band\./)
  const downloads = takeDownloads()
  await user.click(await removed.findByRole('button', { name: 'Export as JSON' }))
  expect((await downloads.next()).text).toContain('"Ours"')
  await user.click(removed.getByRole('button', { name: 'Remove from this device' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Remove from this device' }))
  await untilIn('Personal log')
  expect(titles()).toEqual([])
  expect(localStorage.getItem('questlog.members')).not.toContain('Ada')
  const kept = async () => (await indexedDB.databases()).filter(({ name }) => name?.includes('w:'))
  await waitFor(async () => expect(await kept()).toHaveLength(1))
})

test('a member who becomes a guest is told so, and finds the assigned quests in place of the copy', async () => {
  const party = await newPartyElsewhere('Tavern')
  const { user, userId, reload } = await openAppInParty(party)
  await addQuests(user, 'Seen as member')
  await untilStatus('Saved')
  await party.giveRole(userId, 'guest')
  const nothingAssigned = () => screen.findByRole('heading', { level: 2, name: 'Nothing is assigned to you' })
  await nothingAssigned()
  await screen.findByText(/You are now a guest in Tavern/)
  await untilIn('Personal log')
  await untilStatus('Saved')
  expect(titles()).toEqual([])
  expect(await violations()).toEqual([])
  await reload()
  await nothingAssigned()
  await untilStatus('Saved')
  // The copy is there until it is removed, and is not shown in the place of what is assigned.
  await user.click(screen.getByRole('button', { name: /^Change log/ }))
  await user.click(await screen.findByRole('option', { name: /^Tavern.*Assigned quests$/ }))
  await nothingAssigned()
  await goTo(user, 'Sync and devices')
  const copy = await screen.findByText('Log of Tavern')
  await user.click(within(copy.closest('li') ?? copy).getByRole('button', { name: 'Remove' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Remove' }))
  await waitFor(() => expect(screen.queryByText('Log of Tavern')).toBeNull())
})

test('a member who becomes a guest with changes unsaved keeps them in sight until they are exported', async () => {
  const party = await newPartyElsewhere('Mill')
  const { user, userId, network } = await openAppInParty(party)
  await addQuests(user, 'Ground')
  await untilStatus('Saved')
  network.cut()
  await addQuests(user, 'Not sent')
  await party.giveRole(userId, 'guest')
  network.restore()
  const guest = await notice(/^You are now a guest in Mill\./)
  await guest.findByRole('button', { name: 'Export as JSON' })
  expect(titles()).toContain('Not sent')
  await user.click(guest.getByRole('link', { name: 'Assigned quests' }))
  await screen.findByRole('heading', { level: 2, name: 'Nothing is assigned to you' })
})
