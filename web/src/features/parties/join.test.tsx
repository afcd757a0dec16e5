import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { violations } from '../../testing/axe.ts'
import { openAppOnServer } from '../../testing/open-app-on-server.tsx'
import { invite, newPartyElsewhere } from '../../testing/parties.ts'
import { newPersonElsewhere } from '../../testing/person-elsewhere.ts'

const unusable = () => screen.findByText(/^This invitation is used up, revoked or too old\./)

test('an invitation link is taken out of the address; once used by another it is answered in words', async () => {
  const party = await newPartyElsewhere('Raiders')
  const token = await invite(party)
  const { reload } = await openAppOnServer(`/join#${token}`)
  await screen.findByText('Ada invites you to Raiders.')
  expect(location.hash).toBe('')
  expect(await violations()).toEqual([])
  await (await newPersonElsewhere('Ben')).ask('POST', '/invitations/accept', { token })
  await reload()
  await unusable()
})

test('an invitation that is revoked is answered in words', async () => {
  const party = await newPartyElsewhere('Lost')
  const token = await invite(party)
  const list = await party.owner.ask('GET', `/workspaces/${party.id}/invitations`)
  const { items } = list as { readonly items: readonly { readonly id: string }[] }
  await party.owner.ask('DELETE', `/workspaces/${party.id}/invitations/${items[0]?.id}`)
  await openAppOnServer(`/join#${token}`)
  await unusable()
  expect(await violations()).toEqual([])
})

test('no invitation at all is answered in words', async () => {
  await openAppOnServer('/join')
  await screen.findByRole('heading', { name: 'There is no invitation here' })
})
