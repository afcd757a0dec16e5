import { createdApiKeySchema } from '@questlog/shared/protocol/api-keys'
import { problemSchema } from '@questlog/shared/protocol/problem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProvider, type TestProvider } from '../auth/oidc/testing/start-provider.ts'
import { mailSettings, startMailServer, type TestMailServer } from '../testing/mail-server.ts'
import { makeParty, makePerson } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import type { AccessRule, Scope } from './access-rule.ts'
import { accessRules } from './access-rules.ts'
import { openStage, send } from './testing/open-stage.ts'
import { changesStage } from './testing/party-samples.ts'
import type { SampleRequest, SampleStage } from './testing/sample.ts'
import { sampleRequests } from './testing/sample-requests.ts'
import { STAGE_ORIGIN } from './testing/sign-in-samples.ts'

// Each route tried with API keys of the party's owner: one for each scope, and one for another workspace.

const ADMIN = 'admin@example.org'
const scopes = ['read', 'write', 'admin'] as const

let mailServer: TestMailServer
let provider: TestProvider
let server: TestServer
let shared: KeyStage
beforeAll(async () => {
  mailServer = await startMailServer()
  provider = await startProvider(STAGE_ORIGIN, { id: 'acme' })
  server = await startTestServer({ ADMIN_EMAILS: ADMIN, ...mailSettings(mailServer), ...provider.environment })
  shared = await openKeyStage()
})
afterAll(async () => {
  await server.stop()
  await Promise.all([mailServer.stop(), provider.stop()])
})

interface KeyStage {
  readonly stage: SampleStage
  readonly owner: string
  readonly keys: ReadonlyMap<Scope | 'elsewhere', string>
}

async function openKeyStage(): Promise<KeyStage> {
  const { stage, actors } = await openStage(server, ADMIN)
  const owner = (await actors.find(({ name }) => name === 'owner')?.token()) ?? ''
  async function makeKey(body: object): Promise<string> {
    const made = await stage.as(owner, 'POST', '/api/v1/api-keys', { name: 'A script', ...body })
    return createdApiKeySchema.parse(made).key
  }
  const elsewhere = await stage.as(owner, 'POST', '/api/v1/workspaces', { name: 'Elsewhere', kind: 'party' })
  const keys = new Map<Scope | 'elsewhere', string>([
    ...(await Promise.all(scopes.map(async (scope) => [scope, await makeKey({ scope })] as const))),
    ['elsewhere', await makeKey({ scope: 'admin', workspaceId: elsewhere.id })],
  ])
  return { stage, owner, keys }
}

test.each(Object.entries(accessRules))('%s is for the API keys its rule says', async (key, rule) => {
  const [method = ''] = key.split(' ')
  const { stage, owner, keys } = changesStage.has(key) ? await openKeyStage() : shared
  const outcomes: Record<string, string> = {}
  let unchanged: SampleRequest | undefined
  for (const [name, token] of keys) {
    const sample = unchanged ?? (await sampleRequests[key]?.(stage, owner))
    if (sample === undefined) throw new Error(`${key} has no sample request`)
    const response = await send(server, { method, ...sample, token })
    outcomes[name] = response.status < 400 ? 'answered' : problemSchema.parse(await response.json()).code
    // What was only read or refused is there for the next key as well.
    unchanged = method === 'GET' || !response.ok ? sample : undefined
  }
  expect(outcomes).toEqual(Object.fromEntries([...keys.keys()].map((name) => [name, expectedOf(rule, name)])))
})

function expectedOf(rule: AccessRule, name: Scope | 'elsewhere'): string {
  if (rule.who === 'anyone') return 'answered'
  if (rule.who === 'instance-admin' || rule.sessionOnly === true) return 'session-required'
  if (name !== 'elsewhere') return scopes.indexOf(name) < scopes.indexOf(rule.scope) ? 'insufficient-scope' : 'answered'
  if (rule.who === 'workspace') return 'not-found'
  return rule.narrows === true ? 'answered' : 'insufficient-scope'
}

test('requests with a key are counted against its person, whatever the key', async () => {
  const person = await makePerson(server, 'Ana')
  await makeParty(person)
  const key = createdApiKeySchema.parse((await person.ask('POST', '/api-keys', { name: 'A script', scope: 'read' }))[1])
  const left = async (token: string) => {
    const header = (await server.get('/api/v1/workspaces', token)).headers.get('ratelimit') ?? ''
    return Number(/r=(\d+)/.exec(header)?.[1])
  }
  const before = await left(person.token)
  expect([await left(key.key), await left(person.token)]).toEqual([before - 1, before - 2])
})
