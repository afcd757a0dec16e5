import { problemSchema } from '@questlog/shared/protocol/problem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProvider, type TestProvider } from '../auth/oidc/testing/start-provider.ts'
import { mailSettings, startMailServer, type TestMailServer } from '../testing/mail-server.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { accessRules } from './access-rules.ts'
import { keepSessions } from './testing/keep-sessions.ts'
import { type Actor, openStage, send } from './testing/open-stage.ts'
import { changesStage } from './testing/party-samples.ts'
import type { SampleRequest, SampleStage } from './testing/sample.ts'
import { sampleRequests } from './testing/sample-requests.ts'
import { STAGE_ORIGIN } from './testing/sign-in-samples.ts'

// Every string a client sends, in the path, the query and the body of every route, replaced by what has broken others.

const HOSTILE = [
  "'; drop table users; --",
  "' or '1'='1",
  '$1',
  'x\r\nset-cookie: planted=1',
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  '%',
  '{"$ne":null}',
  '<script>',
  'x'.repeat(20_000),
]

let mailServer: TestMailServer
let provider: TestProvider
let server: TestServer
let stage: SampleStage
let owner: Actor
const sessions = keepSessions()
beforeAll(async () => {
  mailServer = await startMailServer()
  provider = await startProvider(STAGE_ORIGIN, { id: 'acme' })
  server = await startTestServer({
    ADMIN_EMAILS: 'admin@example.org',
    ...mailSettings(mailServer),
    ...provider.environment,
  })
  await newStage()
})
afterAll(async () => {
  await server.stop()
  await Promise.all([mailServer.stop(), provider.stop()])
})

async function newStage(): Promise<void> {
  const opened = await openStage(server, 'admin@example.org')
  stage = opened.stage
  const found = opened.actors.find(({ name }) => name === 'owner')
  if (found === undefined) throw new Error('the party has no owner')
  owner = found
}

test.each(Object.entries(accessRules))(
  '%s answers hostile text with a result or a typed refusal',
  async (key, rule) => {
    const [method = ''] = key.split(' ')
    const make = sampleRequests[key]
    if (make === undefined) throw new Error(`${key} has no sample request`)
    if (changesStage.has(key)) await newStage()
    if (rule.who !== 'workspace') sessions.forget()
    const usersBefore = await countUsers()
    let unchanged: SampleRequest | undefined
    for (const text of HOSTILE) {
      const token = rule.who === 'workspace' ? await sessions.tokenOf(owner) : await owner.token()
      const sample = unchanged ?? (await make(stage))
      unchanged = rule.who === 'workspace' ? sample : undefined
      for (const request of replaceEachString(sample, text)) {
        const response = await send(server, { method, ...request, token })
        if (response.ok && method !== 'GET') unchanged = undefined
        expect(response.headers.get('set-cookie') ?? '').not.toContain('planted')
        if (response.status < 400 || response.status === 431) continue
        const { code } = problemSchema.parse(await response.json())
        expect(['internal', 'unavailable'], `${JSON.stringify(request).slice(0, 300)}: ${code}`).not.toContain(code)
      }
    }
    expect(await countUsers()).toBeGreaterThanOrEqual(usersBefore)
  },
)

async function countUsers(): Promise<number> {
  const { rows } = await server.database.pool.query('select count(*)::int as users from users')
  return rows[0].users
}

/** The request once for each of its strings, that one replaced. */
function replaceEachString({ path, body }: SampleRequest, text: string): readonly SampleRequest[] {
  const [address = '', query] = path.split('?')
  const segments = address.split('/')
  const inPath = segments.flatMap((segment, index) =>
    /^[0-9A-Z]{26}$/.test(segment)
      ? [{ path: segments.with(index, encode(text)).join('/') + (query === undefined ? '' : `?${query}`), body }]
      : [],
  )
  const parameters = query === undefined ? [] : query.split('&')
  const inQuery = parameters.map((parameter, index) => {
    const [name = ''] = parameter.split('=')
    return { path: `${address}?${parameters.with(index, `${name}=${encode(text)}`).join('&')}`, body }
  })
  const inBody = replaceIn(body, text).map((changed) => ({ path, body: changed }))
  return [...inPath, ...inQuery, ...inBody]
}

/** A value once for each string within, that one replaced. */
function replaceIn(value: unknown, text: string): readonly unknown[] {
  if (typeof value === 'string') return [text]
  if (Array.isArray(value)) {
    return value.flatMap((entry, index) => replaceIn(entry, text).map((changed) => value.with(index, changed)))
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, entry]) =>
    replaceIn(entry, text).map((changed) => ({ ...value, [name]: changed })),
  )
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
