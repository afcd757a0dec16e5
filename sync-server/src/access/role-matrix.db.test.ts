import { problemSchema } from '@questlog/shared/protocol/problem'
import { roleSchema } from '@questlog/shared/protocol/workspaces'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProvider, type TestProvider } from '../auth/oidc/testing/start-provider.ts'
import { mailSettings, startMailServer, type TestMailServer } from '../testing/mail-server.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { type AccessRule, isAdmitted } from './access-rule.ts'
import { accessRules } from './access-rules.ts'
import { keepSessions, needsOwnSession } from './testing/keep-sessions.ts'
import { type Actor, openStage, send } from './testing/open-stage.ts'
import { changesStage } from './testing/party-samples.ts'
import type { SampleRequest } from './testing/sample.ts'
import { sampleRequests } from './testing/sample-requests.ts'
import { STAGE_ORIGIN } from './testing/sign-in-samples.ts'

const ADMIN = 'admin@example.org'

let mailServer: TestMailServer
let provider: TestProvider
let server: TestServer
let shared: Awaited<ReturnType<typeof openStage>>
const sessions = keepSessions()
beforeAll(async () => {
  mailServer = await startMailServer()
  provider = await startProvider(STAGE_ORIGIN, { id: 'acme' })
  server = await startTestServer({ ADMIN_EMAILS: ADMIN, ...mailSettings(mailServer), ...provider.environment })
  shared = await openStage(server, ADMIN)
})
afterAll(async () => {
  await server.stop()
  await Promise.all([mailServer.stop(), provider.stop()])
})

test('every rule has a sample request, and no sample is for a route that is gone', () => {
  expect(Object.keys(sampleRequests).sort()).toEqual(Object.keys(accessRules).sort())
})

test.each(Object.entries(accessRules))('%s is for whom its rule says, tried as everybody', async (key, rule) => {
  const [method = ''] = key.split(' ')
  const outcomes: Record<string, string> = {}
  const { stage, actors } = changesStage.has(key) ? await openStage(server, ADMIN) : shared
  const expected = Object.fromEntries(actors.map(({ name }) => [name, expectedOf(key, rule, name)]))
  let unchanged: SampleRequest | undefined
  for (const actor of actors) {
    const token = needsOwnSession(key) ? await actor.token() : await sessions.tokenOf(actor)
    const sample = unchanged ?? (await sampleRequests[key]?.(stage, token))
    if (sample === undefined) throw new Error(`${key} has no sample request`)
    outcomes[actor.name] = await outcomeOf(await send(server, { method, ...sample, token }))
    // What was only read or refused is there for the next one as well; samples of other rules are for one person.
    const isUnchanged = rule.who === 'workspace' && (method === 'GET' || expected[actor.name] !== 'answered')
    unchanged = isUnchanged ? sample : undefined
  }
  if (needsOwnSession(key)) sessions.forget()
  expect(outcomes).toEqual(expected)
})

async function outcomeOf(response: Response): Promise<string> {
  if (response.status < 400) return 'answered'
  const { status, code } = problemSchema.parse(await response.json())
  expect(response.status).toBe(status)
  return code
}

function expectedOf(key: string, rule: AccessRule, actor: Actor['name']): string {
  if (rule.who === 'anyone') return 'answered'
  if (actor === 'anonymous') return 'signed-out'
  if (rule.who === 'user') return 'answered'
  if (rule.who === 'instance-admin') return actor === 'administrator' ? 'answered' : 'forbidden'
  const role = roleSchema.safeParse(actor)
  if (!role.success) return 'not-found'
  if (isAdmitted(rule, role.data)) return 'answered'
  // A guest knows only the quests assigned to them, as the samples' quests are.
  return actor === 'guest' && key.includes('/:id') ? 'not-found' : 'forbidden'
}
