import { problemSchema } from '@questlog/shared/protocol/problem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailSettings, startMailServer, type TestMailServer } from '../testing/mail-server.ts'
import { makeParty, makePerson, type Person } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

let mailServer: TestMailServer
let server: TestServer
let owner: Person
let party: string
beforeAll(async () => {
  mailServer = await startMailServer()
  server = await startTestServer(mailSettings(mailServer))
  owner = await makePerson(server, 'Olga')
  party = (await makeParty(owner)).id
})
afterAll(async () => {
  await server.stop()
  await mailServer.stop()
})

const password = 'correct horse'
const register = async (email: string) => {
  const answer = await server.post('/api/v1/auth/register', { email, password, displayName: 'Ana', client: 'native' })
  return answer.ok ? 'an account' : problemSchema.parse(await answer.json()).code
}

const noAddresses = [
  'a\u00adna@example.org',
  'a\u200bna@example.org',
  'a\u200dna@example.org',
  'ana\ufe0f@example.org',
  'ana\u{e0100}@example.org',
  'a\u202ena@example.org',
  'a\u034fna@example.org',
  'ana\u3164@example.org',
  'ana\u2060@example.org',
  'ana@exa\u00admple.org',
  'ana@exa\u200dmple.org',
  '<ana@example.org',
  'Ana <ana@example.org>',
]

test.each(noAddresses)('%j is no address wherever one is asked for, and nothing is mailed there', async (typed) => {
  const { rows } = await server.database.pool.query('select count(*)::int as count from jobs.job')
  expect(await register(typed)).toBe('invalid-request')
  expect((await owner.ask('POST', '/auth/email/change', { email: typed }))[1]).toBe('invalid-request')
  const invitation = { role: 'member', email: typed }
  expect((await owner.ask('POST', `/workspaces/${party}/invitations`, invitation))[1]).toBe('invalid-request')
  expect((await server.database.pool.query('select count(*)::int as count from jobs.job')).rows).toEqual(rows)
})

test('spellings that compare equal are one account', async () => {
  expect(await register('jos\u00e9@b\u00fccher.example')).toBe('an account')
  for (const same of ['jose\u0301@bu\u0308cher.example', 'JOSÉ@XN--BCHER-KVA.EXAMPLE', 'ｊｏｓé＠bücher．example']) {
    expect(await register(same)).toBe('an account')
  }
  const { rows } = await server.database.pool.query("select email from users where email like 'jos%'")
  expect(rows).toEqual([{ email: 'josé@xn--bcher-kva.example' }])
})

test('an account of an earlier version with an address that is now refused signs in and resets its password as before', async () => {
  const stored = '<pe\u200brson@example.org'
  expect(await register('person@example.org')).toBe('an account')
  await server.database.pool.query('update users set email = $1 where email = $2', [stored, 'person@example.org'])
  expect((await server.post('/api/v1/auth/login', { email: '<PE\u200brson@example.org', password })).status).toBe(200)
  expect((await server.post('/api/v1/auth/login', { email: 'person@example.org', password })).status).toBe(401)
  await server.post('/api/v1/auth/password/forgot', { email: stored })
  const orders = await server.database.pool.query("select from jobs.job where data->>'to' = $1", [stored])
  expect(orders.rowCount).toBe(1)
})
