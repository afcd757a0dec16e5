import { problemSchema } from '@questlog/shared/protocol/problem'
import { ulid } from 'ulidx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { accessRules } from './access-rules.ts'
import { openStage, send } from './testing/open-stage.ts'
import type { SampleRequest, SampleStage } from './testing/sample.ts'
import { sampleRequests } from './testing/sample-requests.ts'

// On every route that is about a record, one that somebody may not know of looks to them as if it did not exist.

let server: TestServer
let stage: SampleStage
let tokenOf: (name: string) => Promise<string | undefined>
beforeAll(async () => {
  server = await startTestServer()
  const opened = await openStage(server, 'admin@example.org')
  stage = opened.stage
  tokenOf = async (name) => opened.actors.find((actor) => actor.name === name)?.token()
})
afterAll(() => server.stop())

const RECORD = /\/api\/v1\/(quests|projects|sections|tags|categories|templates|relations)\/:/
const BY_BODY = [
  'POST /api/v1/sections',
  'POST /api/v1/templates',
  'POST /api/v1/relations',
  'POST /api/v1/quests/bulk',
]
const keys = Object.entries(accessRules).flatMap(([key, rule]) =>
  rule.who === 'workspace' && (RECORD.test(key) || BY_BODY.includes(key)) ? [key] : [],
)

const made = new Map<string, Promise<SampleRequest>>()

/** A request about what is hidden. Everybody is refused it, so it is made once. */
function hidden(key: string): Promise<SampleRequest> {
  const known = made.get(key) ?? hide(key)
  made.set(key, known)
  return known
}

/** The sample without the workspace it names, and with its quests assigned to nobody. */
async function hide(key: string): Promise<SampleRequest> {
  const sample = await sampleRequests[key]?.(stage)
  if (sample === undefined) throw new Error(`${key} has no sample request`)
  for (const trashed of ['false', 'true']) {
    for (const id of await assigned(trashed)) {
      const at = `/api/v1/quests/${id}`
      if (trashed === 'true') await stage.asOwner('POST', `${at}/restore`)
      await stage.asOwner('PATCH', at, { assignees: [] })
      if (trashed === 'true') await stage.asOwner('DELETE', at)
    }
  }
  return key.endsWith('/move') ? sample : { ...sample, body: withoutWorkspace(sample.body) }
}

async function assigned(trashed: string): Promise<readonly string[]> {
  const list = `/api/v1/quests?workspaceId=${stage.workspaceId}&assignee=${stage.guestId}&trashed=${trashed}&limit=200`
  const { items } = (await stage.asOwner('GET', list)) as { items: { id: string }[] }
  return items.map(({ id }) => id)
}

function withoutWorkspace(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'workspaceId'))
}

/** The same about records that do not exist. */
function absent({ path, body }: SampleRequest, keep: string | undefined): SampleRequest {
  const others = new Map<string, string>()
  const replace = (text: string) =>
    text.replaceAll(/[0-7][0-9A-HJKMNP-TV-Z]{25}/g, (id) => {
      if (id === keep) return id
      const other = others.get(id) ?? ulid()
      others.set(id, other)
      return other
    })
  return { path: replace(path), body: body === undefined ? undefined : JSON.parse(replace(JSON.stringify(body))) }
}

async function answerTo(key: string, request: SampleRequest, token: string | undefined, headers = {}) {
  const [method = ''] = key.split(' ')
  const answer = await send(server, { method, ...request, token, headers })
  if (answer.status < 400) return [answer.status]
  const { instance: _, ...problem } = problemSchema.parse(await answer.json())
  const names = [...answer.headers.keys()].filter((name) => !/^(date|x-request-id|ratelimit|content-length)/.test(name))
  return [answer.status, problem, names.sort()]
}

test.each(keys)('%s tells a guest of the party nothing of what is hidden from them', async (key) => {
  const home = key.endsWith('/move') ? await homeOfGuest() : undefined
  const request = moved(await hidden(key), home)
  const token = await tokenOf('guest')
  for (const headers of [{}, { 'if-match': '"1"' }, { 'if-none-match': '*' }, { 'idempotency-key': ulid() }]) {
    const answered = await answerTo(key, request, token, headers)
    expect(answered).toEqual(await answerTo(key, absent(request, home), token, headers))
    expect(answered[0]).toBe(404)
  }
  if (home !== undefined || request.path.includes('?')) return
  // If the party is named, it does not matter what is asked there.
  const named = { ...request, path: `${request.path}?workspaceId=${stage.workspaceId}` }
  expect(await answerTo(key, named, token)).toEqual(await answerTo(key, absent(named, stage.workspaceId), token))
})

test.each(keys)('%s tells a stranger nothing at all', async (key) => {
  const home = key.endsWith('/move') ? await homeOfGuest() : undefined
  const request = moved(await hidden(key), home)
  const token = await tokenOf('stranger')
  expect(await answerTo(key, request, token)).toEqual(await answerTo(key, absent(request, home), token))
})

/** A quest is moved to where the guest may write. */
function moved(request: SampleRequest, home: string | undefined): SampleRequest {
  return home === undefined ? request : { ...request, body: { workspaceId: home } }
}

async function homeOfGuest(): Promise<string> {
  const answer = await send(server, { method: 'GET', path: '/api/v1/workspaces', token: await tokenOf('guest') })
  const { items } = (await answer.json()) as { items: { id: string; kind: string }[] }
  return items.find(({ kind }) => kind === 'personal')?.id ?? ''
}
