import { createdInvitationSchema, invitationListSchema } from '@questlog/shared/protocol/members'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startMailServer, type TestMailServer } from '../testing/mail-server.ts'
import { askWith, joinParty, makeParty, makePerson, type Person } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

const DAY = 24 * 60 * 60 * 1000
const HOME = 'https://quests.example.org'

let mailServer: TestMailServer
let server: TestServer
beforeAll(async () => {
  mailServer = await startMailServer()
  server = await startTestServer({ SMTP_URL: mailServer.url, MAIL_FROM: 'quests@example.org', PUBLIC_URL: HOME })
})
afterAll(async () => {
  await server.stop()
  await mailServer.stop()
})

let owner: Person
let party: string
beforeEach(async () => {
  owner = await makePerson(server, 'Olga')
  party = (await makeParty(owner)).id
})

const at = (path = '') => `/workspaces/${party}${path}`

async function invite(inviter: Person, body: object) {
  const [status, made] = await inviter.ask('POST', at('/invitations'), body)
  if (status !== 201) throw new Error(`the invitation was answered ${status} ${made}`)
  return createdInvitationSchema.parse(made)
}

const accept = (person: Person, token: string) => person.ask('POST', '/invitations/accept', { token })

test('whoever holds the link sees what it is for before signing in, and joins with its role', async () => {
  const { token, isMailed } = await invite(owner, { role: 'viewer' })
  expect(isMailed).toBe(false)
  const [status, preview] = await askWith(server, undefined)('POST', '/invitations/preview', { token })
  expect([status, preview]).toMatchObject([200, { workspaceName: 'Friends', inviterName: 'Olga', role: 'viewer' }])
  const ben = await makePerson(server, 'Ben')
  expect(await accept(ben, token)).toMatchObject([200, { id: party, role: 'viewer', document: `w:${party}:1` }])
  expect(await accept(ben, token)).toMatchObject([200, { role: 'viewer' }])
})

test('an invitation is used as often as it says, also by many at once', async () => {
  const { token } = await invite(owner, { role: 'member', maxUses: 2 })
  const people = await Promise.all(['Ann', 'Ben', 'Cid', 'Dan'].map((name) => makePerson(server, name)))
  const statuses = await Promise.all(people.map(async (person) => (await accept(person, token))[0]))
  expect(statuses.sort()).toEqual([200, 200, 404, 404])
})

test('an invitation too old, taken back or made up is worth nothing', async () => {
  const ben = await makePerson(server, 'Ben')
  const old = await invite(owner, { role: 'member', expiresInDays: 1 })
  server.clock.now += 1
  const revoked = await invite(owner, { role: 'member' })
  const [, listed] = await owner.ask('GET', at('/invitations'))
  expect(invitationListSchema.parse(listed).items.map(({ id }) => id)).toEqual([revoked.id, old.id])
  expect(await owner.ask('DELETE', at(`/invitations/${revoked.id}`))).toEqual([204, null])
  expect(await owner.ask('DELETE', at(`/invitations/${revoked.id}`))).toEqual([404, 'not-found'])
  expect(await accept(ben, revoked.token)).toEqual([404, 'invitation-invalid'])
  expect(await accept(ben, 'made-up')).toEqual([404, 'invitation-invalid'])
  await server.database.pool.query('update invitations set expires_at = $2 where id = $1', [
    old.id,
    new Date(server.clock.now),
  ])
  expect(await accept(ben, old.token)).toEqual([404, 'invitation-invalid'])
  expect(await ben.ask('POST', '/invitations/preview', { token: old.token })).toEqual([404, 'invitation-invalid'])
})

test('nobody invites to a role above their own, and members do not invite', async () => {
  const [admin, member] = [await makePerson(server, 'Adam'), await makePerson(server, 'Mia')]
  await joinParty(owner, party, admin, 'admin')
  await joinParty(owner, party, member, 'member')
  expect(await member.ask('POST', at('/invitations'), { role: 'viewer' })).toEqual([403, 'forbidden'])
  expect(await owner.ask('POST', at('/invitations'), { role: 'owner' })).toEqual([400, 'invalid-request'])
  expect((await invite(admin, { role: 'admin' })).role).toBe('admin')
})

test('an invitation is worth what its inviter is today', async () => {
  const [admin, ben] = [await makePerson(server, 'Adam'), await makePerson(server, 'Ben')]
  await joinParty(owner, party, admin, 'admin')
  const { token } = await invite(admin, { role: 'admin' })
  await owner.ask('PATCH', at(`/members/${admin.id}`), { role: 'member' })
  expect(await accept(ben, token)).toEqual([404, 'invitation-invalid'])
  expect(await ben.ask('POST', '/invitations/preview', { token })).toEqual([404, 'invitation-invalid'])
  await owner.ask('PATCH', at(`/members/${admin.id}`), { role: 'admin' })
  expect((await accept(ben, token))[0]).toBe(200)
})

test('who was removed or left does not come back by an invitation made before that', async () => {
  const ben = await makePerson(server, 'Ben')
  const before = await invite(owner, { role: 'admin' })
  await joinParty(owner, party, ben, 'member')
  expect(await accept(ben, before.token)).toMatchObject([200, { role: 'member' }])
  expect(await owner.ask('DELETE', at(`/members/${ben.id}`))).toEqual([204, null])
  expect(await accept(ben, before.token)).toEqual([404, 'invitation-invalid'])
  server.clock.now += 1
  const after = await invite(owner, { role: 'viewer' })
  expect(await accept(ben, after.token)).toMatchObject([200, { role: 'viewer' }])
})

test('an invitation by mail reaches the mailbox with a link for one use, and says no name that somebody typed', async () => {
  const address = `cid-${crypto.randomUUID()}@example.org`
  const made = await invite(owner, { role: 'member', email: ` ${address.toUpperCase()}` })
  expect(made).toMatchObject({ email: address, isMailed: true, maxUses: 1 })
  const mail = await mailServer.next(address)
  const link = mail.text.split('\n').find((line) => line.startsWith(HOME))
  expect(link).toBe(`${HOME}/join#${made.token}`)
  expect(mail.text).not.toMatch(/Olga|Friends/)
  const [cid, dan] = [await makePerson(server, 'Cid'), await makePerson(server, 'Dan')]
  expect((await accept(cid, made.token))[0]).toBe(200)
  expect(await accept(dan, made.token)).toEqual([404, 'invitation-invalid'])
  expect(await owner.ask('POST', at('/invitations'), { role: 'member', email: 'no address' })).toEqual([
    400,
    'invalid-request',
  ])
})

test('a party has a hundred open invitations at most, and a person mails fifty a day', async () => {
  const fill = `insert into invitations (id, workspace_id, role, token_hash, email, created_by, created_at, expires_at)
    select 'i' || n || $1, $1, 'viewer', sha256((n || $1)::bytea), $3, $2, $4, $5 from generate_series(1, $6::int) n`
  const now = new Date(server.clock.now)
  const later = new Date(server.clock.now + DAY)
  await server.database.pool.query(fill, [party, owner.id, 'a@example.org', now, later, 50])
  expect(await owner.ask('POST', at('/invitations'), { role: 'viewer', email: 'b@example.org' })).toEqual([
    409,
    'too-many-invitations',
  ])
  expect((await invite(owner, { role: 'viewer' })).isMailed).toBe(false)
  await server.database.pool.query(fill.replace("'i'", "'j'").replace('(n ||', "('x' || n ||"), [
    party,
    owner.id,
    null,
    now,
    later,
    49,
  ])
  expect(await owner.ask('POST', at('/invitations'), { role: 'viewer' })).toEqual([409, 'too-many-invitations'])
})
