import { securityEventListSchema } from '@questlog/shared/protocol/audit'
import { memberListSchema } from '@questlog/shared/protocol/members'
import { ulid } from 'ulidx'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { joinParty, makeParty, makePerson, type Person } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

let owner: Person
let admin: Person
let member: Person
let party: string
beforeEach(async () => {
  owner = await makePerson(server, 'Olga')
  admin = await makePerson(server, 'Adam')
  member = await makePerson(server, 'Mia')
  party = (await makeParty(owner)).id
  await joinParty(owner, party, admin, 'admin')
  server.clock.now += 1
  await joinParty(owner, party, member, 'member')
})

const at = (path = '') => `/workspaces/${party}${path}`
const setRole = (actor: Person, subject: Person, role: string) =>
  actor.ask('PATCH', at(`/members/${subject.id}`), { role })
const remove = (actor: Person, subject: Person) => actor.ask('DELETE', at(`/members/${subject.id}`))

async function roles(): Promise<Record<string, string>> {
  const [, listed] = await owner.ask('GET', at('/members'))
  return Object.fromEntries(memberListSchema.parse(listed).items.map(({ userId, role }) => [nameOf(userId), role]))
}

function nameOf(userId: string): string {
  return { [owner.id]: 'owner', [admin.id]: 'admin', [member.id]: 'member' }[userId] ?? userId
}

test('members are listed from the most powerful on, page by page, and addresses are for administrators', async () => {
  const [, first] = await admin.ask('GET', at('/members?limit=2'))
  const page = memberListSchema.parse(first)
  expect(page.items.map(({ displayName, email }) => [displayName, email])).toEqual([
    ['Olga', owner.email],
    ['Adam', admin.email],
  ])
  const [, second] = await admin.ask('GET', at(`/members?limit=2&cursor=${page.nextCursor}`))
  expect(memberListSchema.parse(second)).toMatchObject({
    items: [{ userId: member.id, role: 'member' }],
    nextCursor: null,
  })
  const [, seen] = await member.ask('GET', at('/members'))
  expect(memberListSchema.parse(seen).items.map(({ email }) => email)).toEqual([null, null, member.email])
})

test('nobody gives a role above their own, nor changes somebody above them', async () => {
  expect(await setRole(admin, member, 'owner')).toEqual([403, 'forbidden'])
  expect(await setRole(admin, owner, 'viewer')).toEqual([403, 'forbidden'])
  expect(await remove(admin, owner)).toEqual([403, 'forbidden'])
  expect(await setRole(member, member, 'admin')).toEqual([403, 'forbidden'])
  expect(await setRole(admin, member, 'admin')).toEqual([204, null])
  expect(await setRole(owner, admin, 'owner')).toEqual([204, null])
  expect(await roles()).toEqual({ owner: 'owner', admin: 'owner', member: 'admin' })
})

test('the last owner can neither be lowered nor leave', async () => {
  expect(await setRole(owner, owner, 'member')).toEqual([409, 'last-owner'])
  expect(await owner.ask('POST', at('/leave'))).toEqual([409, 'last-owner'])
  expect(await remove(owner, owner)).toEqual([409, 'last-owner'])
  await setRole(owner, admin, 'owner')
  expect(await owner.ask('POST', at('/leave'))).toEqual([204, null])
  expect(await owner.ask('GET', at())).toEqual([404, 'not-found'])
})

test('of two owners who leave at the same time one stays', async () => {
  await setRole(owner, admin, 'owner')
  const answers = await Promise.all([owner, admin].map((one) => one.ask('POST', at('/leave'))))
  expect(answers.map(([status]) => status).sort()).toEqual([204, 409])
})

test('ownership is handed over whole: the new owner owns, the old one is an administrator', async () => {
  expect(await owner.ask('POST', at('/transfer-ownership'), { userId: ulid() })).toEqual([404, 'not-found'])
  expect(await owner.ask('POST', at('/transfer-ownership'), { userId: member.id })).toEqual([204, null])
  expect(await roles()).toEqual({ owner: 'admin', admin: 'admin', member: 'owner' })
  expect(await owner.ask('POST', at('/transfer-ownership'), { userId: owner.id })).toEqual([403, 'forbidden'])
})

test('somebody who is no member has no role to change', async () => {
  const stranger = await makePerson(server, 'Stan')
  expect(await setRole(owner, stranger, 'viewer')).toEqual([404, 'not-found'])
  expect(await remove(owner, stranger)).toEqual([404, 'not-found'])
  expect(await setRole(stranger, member, 'viewer')).toEqual([404, 'not-found'])
})

test('a personal workspace has no members to manage, and is not deleted', async () => {
  const [, mine] = await owner.ask('GET', '/workspaces')
  const [personal] = (mine as { items: { id: string; name: string }[] }).items
  const path = `/workspaces/${personal?.id}`
  expect(await owner.ask('POST', `${path}/leave`)).toEqual([409, 'not-a-party'])
  expect(await owner.ask('POST', `${path}/invitations`, { role: 'viewer' })).toEqual([409, 'not-a-party'])
  expect(await owner.ask('DELETE', `${path}?name=Olga`)).toEqual([409, 'not-a-party'])
  const self = `${path}/members/${owner.id}`
  expect(await owner.ask('PATCH', self, { role: 'admin' })).toEqual([409, 'not-a-party'])
  expect(await owner.ask('DELETE', self)).toEqual([409, 'not-a-party'])
  const heir = { userId: owner.id }
  expect(await owner.ask('POST', `${path}/transfer-ownership`, heir)).toEqual([409, 'not-a-party'])
  expect((await owner.ask('PATCH', path, { name: 'Home' }))[1]).toMatchObject({ name: 'Home', role: 'owner' })
})

test('a party is deleted with its name typed, with its documents, and its id is never given again', async () => {
  const { pool } = server.database
  await pool.query("insert into doc_heads (doc, seq) values ('w:' || $1 || ':1', 1)", [party])
  await pool.query(
    `insert into doc_updates (doc, seq, bytes, sha256, user_id) values ('w:' || $1 || ':1', 1, '\\x00', '\\x00', $2)`,
    [party, owner.id],
  )
  expect(await admin.ask('DELETE', at('?name=Friends'))).toEqual([403, 'forbidden'])
  expect(await owner.ask('DELETE', at('?name=friends'))).toEqual([400, 'invalid-request'])
  expect(await owner.ask('DELETE', at('?name=Friends'))).toEqual([204, null])
  expect(await member.ask('GET', at())).toEqual([404, 'not-found'])
  const left = await pool.query("select from doc_updates where doc like 'w:' || $1 || '%'", [party])
  expect(left.rowCount).toBe(0)
  for (const one of [owner, member]) {
    const claim = { id: party, name: 'Again', kind: 'party' }
    expect(await one.ask('POST', '/workspaces', claim)).toEqual([409, 'workspace-id-taken'])
  }
})

test('a party whose maker left it is not theirs to claim again', async () => {
  await owner.ask('POST', at('/transfer-ownership'), { userId: admin.id })
  await owner.ask('POST', at('/leave'))
  const claim = { id: party, name: 'Mine', kind: 'party' }
  expect(await owner.ask('POST', '/workspaces', claim)).toEqual([409, 'workspace-id-taken'])
})

test('what happens to roles is kept, for the party and for the person, and devices are told to nobody else', async () => {
  server.clock.now += 1
  await setRole(owner, member, 'viewer')
  await setRole(owner, member, 'viewer')
  const [, kept] = await admin.ask('GET', at('/audit?limit=1'))
  const { items, nextCursor } = securityEventListSchema.parse(kept)
  expect(items).toMatchObject([
    { kind: 'role-changed', userId: member.id, actorId: owner.id, address: null, sessionId: null, requestId: null },
  ])
  expect(items[0]?.details).toEqual({ before: 'member', after: 'viewer' })
  const [, before] = await admin.ask('GET', at(`/audit?limit=2&cursor=${nextCursor}`))
  const kinds = securityEventListSchema.parse(before).items.map(({ kind }) => kind)
  expect(kinds.sort()).toEqual(['invitation-created', 'member-joined'])
  expect(await member.ask('GET', at('/audit'))).toEqual([403, 'forbidden'])

  const [, own] = await member.ask('GET', '/users/me/security-events')
  expect(securityEventListSchema.parse(own).items[0]).toMatchObject({ kind: 'role-changed', address: null })
  const [, done] = await owner.ask('GET', '/users/me/security-events')
  expect(securityEventListSchema.parse(done).items[0]).toMatchObject({ kind: 'role-changed', address: '127.0.0.1' })
})
