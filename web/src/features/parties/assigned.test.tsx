import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { violations } from '../../testing/axe.ts'
import { newCredentials, openAppOnServer, signUp } from '../../testing/open-app-on-server.tsx'
import { invite, newPartyElsewhere } from '../../testing/parties.ts'
import { main } from '../../testing/screen.ts'
import { deviceZone, todayHere } from '../../ui/use-today.ts'

test('a guest gets a list of what is assigned to them, completes it there, and no copy', async () => {
  const party = await newPartyElsewhere('Inn')
  const { user, session, reload } = await openAppOnServer(`/join#${await invite(party, 'guest')}`)
  await signUp({ session }, newCredentials(), 'Ben')
  await user.click(await screen.findByRole('button', { name: 'Join Inn' }))
  await screen.findByRole('heading', { level: 2, name: 'Nothing is assigned to you' })
  const { ask } = party.owner
  const workspaceId = party.id
  await ask('POST', '/quests', { workspaceId, title: 'Not for guests' })
  const assigned = {
    title: 'Sweep the floor',
    notes: 'Under the tables too',
    assignees: [session.state.getState().person?.id],
  }
  const made = await ask('POST', '/quests', { workspaceId, ...assigned, due: { d: todayHere() } })
  const { id } = made as { readonly id: string }
  const asked = async () => (await ask('GET', `/quests/${id}?workspaceId=${workspaceId}`)) as { readonly done: boolean }
  await reload()
  const box = () => screen.findByRole<HTMLInputElement>('checkbox', { name: /Sweep the floor/ })
  await box()
  expect(
    main()
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual([expect.stringMatching(/^Sweep the floorDue today.*Under the tables too$/i)])
  expect(await violations()).toEqual([])
  expect(session.state.getState().logs.map(({ ref }) => ref.id)).not.toContain(party.id)
  const requests = vi.spyOn(window, 'fetch')
  await user.click(await box())
  await waitFor(async () => expect((await asked()).done).toBe(true))
  const completing = requests.mock.calls.find(([url]) => String(url).includes('/complete?'))
  requests.mockRestore()
  // The server cannot know on which day it was done where this person is.
  expect(JSON.parse(String(completing?.[1]?.body))).toEqual({ timeZone: deviceZone() })
  await waitFor(async () => expect((await box()).checked).toBe(true))
  await user.click(await box())
  await waitFor(async () => expect((await asked()).done).toBe(false))
})
