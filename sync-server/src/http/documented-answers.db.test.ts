import { problemSchema } from '@questlog/shared/protocol/problem'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { accessRules } from '../access/access-rules.ts'
import { keepSessions, needsOwnSession } from '../access/testing/keep-sessions.ts'
import { type Actor, openStage, send } from '../access/testing/open-stage.ts'
import { changesStage } from '../access/testing/party-samples.ts'
import type { SampleStage } from '../access/testing/sample.ts'
import { sampleRequests } from '../access/testing/sample-requests.ts'
import { STAGE_ORIGIN } from '../access/testing/sign-in-samples.ts'
import { startProvider, type TestProvider } from '../auth/oidc/testing/start-provider.ts'
import { mailSettings, startMailServer, type TestMailServer } from '../testing/mail-server.ts'
import { makePerson } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { type DescribedOperation, describedOperations } from './testing/described-operations.ts'

// What many routes answer, got from each route that documents it. What single routes answer besides, their own tests
// get; at the end of the run `prove-documented-problems.ts` tells what nobody got.

const ADMIN = 'admin@example.org'
/** The id of nothing. */
const NOTHING = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const MAX_BODY_BYTES = 16_384

// These tests ask all routes in turn, which takes long where the machine is busy.
vi.setConfig({ testTimeout: 120_000 })

let mailServer: TestMailServer
let provider: TestProvider
let server: TestServer
let stage: SampleStage
let operations: readonly DescribedOperation[]
let actors: readonly Actor[]
const sessions = keepSessions()
beforeAll(async () => {
  mailServer = await startMailServer()
  provider = await startProvider(STAGE_ORIGIN, { id: 'acme' })
  server = await startTestServer({
    ADMIN_EMAILS: ADMIN,
    MAX_BODY_BYTES: String(MAX_BODY_BYTES),
    ...mailSettings(mailServer),
    ...provider.environment,
  })
  operations = describedOperations(await (await server.get('/api/v1/openapi.json')).json())
  await newStage()
})
afterAll(async () => {
  await server.stop()
  await Promise.all([mailServer.stop(), provider.stop()])
})

async function newStage(): Promise<void> {
  ;({ stage, actors } = await openStage(server, ADMIN))
}

/** A session of somebody who may use a route. */
async function tokenFor({ key, path }: Pick<DescribedOperation, 'key' | 'path'>): Promise<string | undefined> {
  const who = actor(path.startsWith('/api/v1/admin/') ? 'administrator' : 'owner')
  if (!needsOwnSession(key)) return sessions.tokenOf(who)
  // It may end the others as well.
  sessions.forget()
  return who.token()
}

function actor(wanted: Actor['name']): Actor {
  const found = actors.find(({ name }) => name === wanted)
  if (found === undefined) throw new Error(`the stage has no ${wanted}`)
  return found
}

/** A request that the route answers with success, sent with these headers. */
async function sendSample(operation: DescribedOperation) {
  const token = await tokenFor(operation)
  const sample = await sampleRequests[operation.key]?.(stage, token)
  if (sample === undefined) throw new Error(`${operation.key} has no sample request`)
  return async (headers: Readonly<Record<string, string>>) =>
    checked(operation, await send(server, { method: operation.method, ...sample, token, headers }))
}

/** Requests that are refused before their parts matter, by somebody who may use every route as far as that. */
async function anyRequest() {
  const token = await actor('administrator').token()
  return ({ method, path }: DescribedOperation, headers: Readonly<Record<string, string>> = {}, body?: unknown) =>
    send(server, { method, path: path.replaceAll(/:\w+/g, NOTHING), token, headers, body })
}

/** The headers that the document knows. */
function headerNames(): readonly string[] {
  const byStatus = operations.flatMap(({ headers }) => [...headers.values()])
  return [...new Set(byStatus.flatMap(Object.keys))]
}

/** Expects of an answer the headers that are documented with its status, and no other of those. */
function checked(operation: DescribedOperation, response: Response): Response {
  const documented = operation.headers.get(response.status)
  if (documented === undefined) throw new Error(`${operation.key} does not document ${response.status}`)
  const sent = headerNames().filter((name) => response.headers.has(name))
  const missing = Object.keys(documented).filter((name) => documented[name] === true && !sent.includes(name))
  const unknown = response.ok ? sent.filter((name) => !(name in documented)) : []
  expect({ missing, unknown }, `${operation.key} ${response.status}`).toEqual({ missing: [], unknown: [] })
  return response
}

/** Expects a problem code of these routes; those that document it, where none are named. */
async function expectOfAll(
  code: string,
  ask: (operation: DescribedOperation) => Promise<Response>,
  asked: readonly DescribedOperation[] = operations.filter(({ problems }) => problems.includes(code)),
): Promise<void> {
  const outcomes: Record<string, string> = {}
  for (const operation of asked) {
    const response = checked(operation, await ask(operation))
    outcomes[operation.key] = response.ok ? 'answered' : problemSchema.parse(await response.json()).code
  }
  expect(outcomes).not.toEqual({})
  expect(outcomes).toEqual(Object.fromEntries(asked.map(({ key }) => [key, code])))
}

test.each(Object.keys(accessRules))('%s answers as it documents, with the headers that it documents', async (key) => {
  const operation = operations.find((one) => one.key === key)
  if (operation === undefined) return expect(key).toBe('GET /api/v1/openapi.json')
  if (changesStage.has(key)) await newStage()
  const repeat = await sendSample(operation)
  const answer = await repeat({ 'idempotency-key': key.replace(' ', '') })
  expect(answer.status).toBeLessThan(400)
  if (operation.parameters.includes('idempotency-key') && !changesStage.has(key)) {
    const again = await repeat({ 'idempotency-key': key.replace(' ', '') })
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([answer.status, 'true'])
  }
  if (operation.headers.has(304)) {
    expect((await repeat({ 'if-none-match': answer.headers.get('etag') ?? '' })).status).toBe(304)
  }
  if (changesStage.has(key)) await newStage()
})

test('every header that clients are promised is documented', () => {
  expect(headerNames().toSorted()).toEqual([
    'ETag',
    'Idempotency-Replayed',
    'Location',
    'RateLimit',
    'RateLimit-Policy',
    'Retry-After',
    'WWW-Authenticate',
    'X-Request-Id',
  ])
})

test('every route that needs a session says how to sign in', () =>
  expectOfAll('signed-out', ({ method, path }) => send(server, { method, path })))

test('every route refuses an address with U+0000', async () => {
  const sendAny = await anyRequest()
  await expectOfAll(
    'invalid-request',
    (operation) => sendAny({ ...operation, path: `${operation.path}?x=%00` }),
    operations,
  )
})

test('every write refuses a body that is too large or no JSON, also where it needs none', async () => {
  const sendAny = await anyRequest()
  const writes = operations.filter(({ method }) => method !== 'GET')
  const text = { 'content-type': 'text/plain' }
  await expectOfAll('too-large', (operation) => sendAny(operation, {}, 'x'.repeat(MAX_BODY_BYTES)), writes)
  await expectOfAll('unsupported-media-type', (operation) => sendAny(operation, text, 'x'), writes)
})

test('what sets or uses the cookie of a session refuses other sites', async () => {
  const sendAny = await anyRequest()
  await expectOfAll('cross-site', (operation) => sendAny(operation, { 'sec-fetch-site': 'cross-site' }))
})

test('a write refuses a version that is not the newest, and says which one is, also to a proxy that weakens tags', async () => {
  for (const operation of operations.filter(({ problems }) => problems.includes('precondition-failed'))) {
    const { key } = operation
    if (changesStage.has(key)) await newStage()
    const repeat = await sendSample(operation)
    const refused = await repeat({ 'if-match': '"0"' })
    const { code, current } = problemSchema.parse(await refused.json())
    const tag = `"${current?.version}"`
    expect([key, code, tag]).toEqual([key, 'precondition-failed', refused.headers.get('etag')])
    expect([key, (await repeat({ 'if-match': `W/${tag}` })).ok]).toEqual([key, true])
    if (changesStage.has(key)) await newStage()
  }
})

test('a write refuses the idempotency key of another', async () => {
  const headers = { 'idempotency-key': 'taken' }
  const first = { method: 'POST', path: '/api/v1/workspaces', body: { name: 'First', kind: 'party' }, headers }
  for (const name of ['owner', 'administrator'] as const) {
    expect((await send(server, { ...first, token: await actor(name).token() })).status).toBe(201)
  }
  await expectOfAll('idempotency-key-reused', async (operation) => (await sendSample(operation))(headers))
})

test('every route says that there were too many requests, that the database is away, and that something broke', async () => {
  const small = await startTestServer({ RATE_LIMIT_ANONYMOUS_PER_HOUR: '1' })
  const { token } = await makePerson(small, 'Ana')
  const askSmall = ({ method, path }: DescribedOperation, as?: string) => send(small, { method, path, token: as })
  await expectOfAll('rate-limited', (operation) => askSmall(operation), operations)
  await small.database.pool.query('alter table token_families rename to gone')
  await expectOfAll('internal', (operation) => askSmall(operation, token), operations)
  const outage = await small.database.refuseConnections()
  await expectOfAll('unavailable', (operation) => askSmall(operation, token), operations)
  await outage.end()
  await small.stop()
})
