import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../testing/server.ts'

const password = 'correct horse'
const email = 'ana@example.org'
const OFFICE = '192.0.2.7'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer({ LOGIN_FAILURES_BEFORE_DELAY: '5', TRUST_PROXY: '1' })
  await post('register', { email, password, displayName: 'Ana' })
})
afterEach(() => server.stop())

/** Asks a route of accounts from the office. */
function post(route: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return server.post(`/api/v1/auth/${route}`, body, { 'x-forwarded-for': OFFICE, ...headers })
}

/** The cookies that an answer sets, as the next request sends them. */
const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

/** Signs in as a browser does; the mark alone, as it is left after a sign-out. */
async function markOf(who = email): Promise<string> {
  const cookies = cookiesOf(await post('login', { email: who, password }))
  return cookies.split('; ').find((cookie) => cookie.startsWith('questlog_device=')) ?? ''
}

async function guesses(count: number, body: (n: number) => object, headers = {}): Promise<number[]> {
  const statuses: number[] = []
  for (let n = 0; n < count; n += 1) statuses.push((await post('login', body(n), headers)).status)
  return statuses
}

const atAna = () => ({ email, password: 'wrong horse' })
const atAnybody = (n: number) => ({ email: `user${n}@example.org`, password: 'wrong horse' })

test('strangers who guess from the same address, at other accounts or at this one, do not hinder a known device', async () => {
  const mark = await markOf()
  expect((await guesses(40, atAnybody)).at(-1)).toBe(429)
  expect((await guesses(10, atAna)).at(-1)).toBe(429)
  expect((await post('login', { email, password })).status).toBe(429)
  expect((await post('login', { email, password }, { cookie: mark })).status).toBe(200)
})

test('a known device guesses no more often than a stranger does', async () => {
  const mark = await markOf()
  expect(await guesses(7, atAna, { cookie: mark })).toEqual([401, 401, 401, 401, 401, 429, 429])
  expect((await post('login', { email, password }, { cookie: mark })).status).toBe(429)
  server.clock.now += 1_000
  expect((await post('login', { email, password }, { cookie: mark })).status).toBe(200)
})

test('renewing a session makes no new device, and a new sign-in of the same device replaces the old one', async () => {
  const login = await post('login', { email, password })
  const first = cookiesOf(login)
  const renewed = cookiesOf(await post('refresh', {}, { cookie: first }))
  expect(await guesses(5, atAna, { cookie: first })).toEqual([401, 401, 401, 401, 401])
  expect((await post('login', { email, password }, { cookie: renewed })).status).toBe(429)
})

test('a mark works only for its own account, unchanged, and for half a year', async () => {
  await post('register', { email: 'eve@example.org', password, displayName: 'Eve' })
  const [mark, eves] = [await markOf(), await markOf('eve@example.org')]
  await guesses(40, atAna)
  await guesses(40, atAnybody)
  const ask = async (cookie: string) => (await post('login', { email, password }, { cookie })).status
  expect(await ask(eves)).toBe(429)
  for (let at = mark.indexOf('=') + 1; at < mark.length; at += 7) {
    const changed = mark.slice(0, at) + (mark[at] === 'A' ? 'B' : 'A') + mark.slice(at + 1)
    expect([at, await ask(changed)]).toEqual([at, 429])
  }
  expect(await ask(`${eves}~${mark.slice(mark.indexOf('=') + 1)}`)).toBe(200)
})

test('a mark ends half a year after its last renewal', async () => {
  const mark = await markOf()
  server.clock.now += 181 * 24 * 60 * 60_000
  await guesses(40, atAna)
  expect((await post('login', { email, password }, { cookie: mark })).status).toBe(429)
})

test('a browser keeps the marks of its last four accounts, out of reach of scripts', async () => {
  let cookie = ''
  for (let n = 0; n < 6; n += 1) {
    const answer = await post('register', { email: `p${n}@example.org`, password, displayName: 'P' }, { cookie })
    const [, set = ''] = answer.headers.getSetCookie()
    expect(set).toMatch(/^questlog_device=.*; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/)
    cookie = set.split(';')[0] ?? ''
  }
  expect(cookie.split('~')).toHaveLength(4)
})

test('a program sends its mark as a header', async () => {
  const answer = await post('login', { email, password, client: 'native' })
  const { deviceToken = '' } = sessionResponseSchema.parse(await answer.json())
  expect(answer.headers.getSetCookie()).toEqual([])
  await guesses(40, atAna)
  expect((await post('login', { email, password }, { 'questlog-device': deviceToken })).status).toBe(200)
})

test('requests of strangers from the same address do not use up those of a known device', async () => {
  await server.stop()
  const limits = { LOGIN_ATTEMPTS_PER_MINUTE: '3', AUTH_REQUESTS_PER_MINUTE: '6', RATE_LIMIT_ANONYMOUS_PER_HOUR: '12' }
  server = await startTestServer({ ...limits, TRUST_PROXY: '1' })
  await post('register', { email, password, displayName: 'Ana' })
  const mark = await markOf()
  expect((await guesses(30, atAna)).at(-1)).toBe(429)
  for (const route of ['refresh', 'logout']) for (let n = 0; n < 8; n += 1) await post(route, {})
  expect((await post('refresh', {})).status).toBe(429)
  expect((await post('login', { email, password }, { cookie: mark })).status).toBe(200)
  expect((await guesses(10, atAna, { cookie: mark })).at(-1)).toBe(429)
})
