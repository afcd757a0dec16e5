import { adminStatusSchema, adminUserListSchema } from '@questlog/shared/protocol/admin'
import { securityEventListSchema } from '@questlog/shared/protocol/audit'
import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { ulid } from 'ulidx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askWith, makeParty, makePerson } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

const ROOT = { email: 'root@example.org', password: 'correct horse', displayName: 'Root', client: 'native' }

let server: TestServer
let root: { readonly id: string; readonly ask: ReturnType<typeof askWith> }
beforeAll(async () => {
  server = await startTestServer({ ADMIN_EMAILS: ROOT.email })
  const answer = sessionResponseSchema.parse(await (await server.post('/api/v1/auth/register', ROOT)).json())
  root = { id: answer.user.id, ask: askWith(server, answer.accessToken) }
})
afterAll(() => server.stop())

test('accounts are listed with their devices and workspaces, page by page, and found by what they contain', async () => {
  server.clock.now += 1
  const ana = await makePerson(server, 'Ana')
  await makeParty(ana)
  const [, found] = await root.ask(
    'GET',
    `/admin/users?text=${encodeURIComponent(ana.email.slice(0, 12).toUpperCase())}`,
  )
  expect(adminUserListSchema.parse(found).items).toMatchObject([
    { id: ana.id, email: ana.email, displayName: 'Ana', disabledAt: null, sessions: 1, workspaces: 2 },
  ])
  expect(adminUserListSchema.parse((await root.ask('GET', '/admin/users?text=%25'))[1]).items).toEqual([])
  server.clock.now += 1
  const registered = await server.post('/api/v1/auth/register', {
    ...ROOT,
    email: 'zoe@example.org',
    displayName: 'Zoë Groß',
  })
  const zoe = sessionResponseSchema.parse(await registered.json()).user
  const [, folded] = await root.ask('GET', `/admin/users?text=${encodeURIComponent('zoe gross')}`)
  expect(adminUserListSchema.parse(folded).items.map(({ id }) => id)).toEqual([zoe.id])
  const [, first] = await root.ask('GET', '/admin/users?limit=1')
  const { items, nextCursor } = adminUserListSchema.parse(first)
  const [, rest] = await root.ask('GET', `/admin/users?cursor=${nextCursor}`)
  const ids = [...items, ...adminUserListSchema.parse(rest).items].map(({ id }) => id)
  expect([ids[0], ids.at(-1), new Set(ids).size]).toEqual([zoe.id, root.id, ids.length])
})

test('an administrator is not locked out by themselves, and nobody unknown is disabled', async () => {
  expect(await root.ask('POST', `/admin/users/${root.id}/disable`)).toEqual([409, 'own-account'])
  expect(await root.ask('POST', `/admin/users/${ulid()}/disable`)).toEqual([404, 'not-found'])
  expect(await root.ask('POST', `/admin/users/${ulid()}/enable`)).toEqual([404, 'not-found'])
})

test('what an administrator does is kept, and so are the events of everybody', async () => {
  const ben = await makePerson(server, 'Ben')
  server.clock.now += 1
  await root.ask('POST', `/admin/users/${ben.id}/disable`)
  const [, kept] = await root.ask('GET', `/admin/audit?userId=${ben.id}&limit=1`)
  expect(securityEventListSchema.parse(kept).items).toMatchObject([
    { kind: 'user-disabled', userId: ben.id, actorId: root.id, address: '127.0.0.1' },
  ])
  const [, ofKind] = await root.ask('GET', '/admin/audit?kind=registered')
  expect(new Set(securityEventListSchema.parse(ofKind).items.map(({ kind }) => kind))).toEqual(new Set(['registered']))
})

test('the status counts accounts, workspaces and bytes', async () => {
  const [, answer] = await root.ask('GET', '/admin/status')
  const status = adminStatusSchema.parse(answer)
  expect(status).toMatchObject({ users: 4, disabledUsers: 1, workspaces: 5, mail: false })
  expect(status.databaseBytes).toBeGreaterThan(1_000_000)
  expect(status.sync.connections).toBe(0)
})
