import type { Role } from '@questlog/shared/protocol/workspaces'
import { act, screen } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { type AppOnServer, newCredentials, openAppOnServer, signUp, untilStatus } from './open-app-on-server.tsx'
import { newPersonElsewhere, type PersonElsewhere } from './person-elsewhere.ts'

type InvitedRole = Exclude<Role, 'owner'>

/** A party whose owner is elsewhere. */
export interface PartyElsewhere {
  readonly id: string
  readonly name: string
  readonly owner: PersonElsewhere
  /** Gives somebody another role. */
  giveRole(userId: string, role: InvitedRole): Promise<void>
}

/** Makes a party of Ada, who is elsewhere. */
export async function newPartyElsewhere(name: string): Promise<PartyElsewhere> {
  const owner = await newPersonElsewhere('Ada')
  const made = await owner.ask('POST', '/workspaces', { name, kind: 'party' })
  const { id } = made as { readonly id: string }
  return {
    id,
    name,
    owner,
    giveRole: async (userId, role) => void (await owner.ask('PATCH', `/workspaces/${id}/members/${userId}`, { role })),
  }
}

/** The token of an invitation that somebody elsewhere makes for one person. */
export async function invite(
  { id, owner }: Pick<PartyElsewhere, 'id' | 'owner'>,
  role: InvitedRole = 'member',
): Promise<string> {
  const made = await owner.ask('POST', `/workspaces/${id}/invitations`, { role, expiresInDays: 1, maxUses: 1 })
  return (made as { readonly token: string }).token
}

/** The app of somebody who belongs to a party. */
export interface AppOfMember extends AppOnServer {
  readonly userId: string
}

/** Opens the app on a new device as Ben, who has just joined the party. */
export async function openAppInParty(party: PartyElsewhere): Promise<AppOfMember> {
  const app = await openAppOnServer()
  await signUp(app, newCredentials(), 'Ben')
  const { rest, adopt, state } = app.session
  const joined = await rest.parties.accept(await invite(party))
  if (!joined.ok) throw new Error(`nobody joined: ${joined.error.kind}`)
  await act(() => adopt(joined.value))
  await untilIn(party.name)
  await untilStatus('Saved')
  return Object.assign(app, { userId: state.getState().person?.id ?? '' })
}

/** Opens the app on a new device as Ada, who has just made a party. */
export async function openAppOfOwner(name: string): Promise<AppOnServer & { readonly partyId: string }> {
  const app = await openAppOnServer()
  await signUp(app)
  const made = await app.session.rest.parties.create(name)
  if (!made.ok) throw new Error(`no party was made: ${made.error.kind}`)
  await act(() => app.session.adopt(made.value))
  await untilIn(name)
  await untilStatus('Saved')
  return Object.assign(app, { partyId: made.value.id })
}

/** Lets somebody elsewhere join the party of whoever is at this device; answers with their id. */
export async function joinElsewhere(
  { rest }: AppOnServer['session'],
  partyId: string,
  name: string,
  role: InvitedRole = 'member',
): Promise<string> {
  const { ask } = await newPersonElsewhere(name)
  const invited = await rest.parties.invite(partyId, { role, expiresInDays: 1, maxUses: 1 })
  if (!invited.ok) throw new Error(`nobody was invited: ${invited.error.kind}`)
  await ask('POST', '/invitations/accept', { token: invited.value.token })
  return ((await ask('GET', '/users/me')) as { readonly id: string }).id
}

/** Resolves when this log or party is on screen. */
export async function untilIn(name: string): Promise<void> {
  await screen.findByRole('button', { name: `Change log, now ${name}` })
}

/** Changes to another log or party, as a person does. */
export async function changeTo(user: UserEvent, name: string): Promise<void> {
  await user.click(screen.getByRole('button', { name: /^Change log/ }))
  await user.click(await screen.findByRole('option', { name: new RegExp(`^${name}`) }))
  await untilIn(name)
}

/** Opens the page of the party on screen. */
export async function openPartyPage(user: UserEvent): Promise<void> {
  await user.click(screen.getByRole('link', { name: 'Party' }))
  await screen.findByRole('list', { name: 'Members' })
}
