import { ulidSchema } from '@questlog/shared/protocol/ulid'
import { type Role, roleSchema } from '@questlog/shared/protocol/workspaces'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { ulid } from 'ulidx'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openQueries } from '../db/tables.ts'
import { answerProblems } from '../http/answer-problems.ts'
import { type TypedApp, useZodSchemas } from '../http/typed-app.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import type { AccessRule, Caller, Scope } from './access-rule.ts'
import { enforceAccess, requireMembership } from './enforce-access.ts'

let database: TestDatabase
let party: string
let other: string
const people = Object.fromEntries([...roleSchema.options, 'stranger'].map((name) => [name, ulid()]))
beforeAll(async () => {
  database = await createTestDatabase()
  party = ulid()
  other = ulid()
  for (const [name, id] of Object.entries(people)) {
    await database.pool.query("insert into users values ($1, $2, 'x', 'x', now())", [id, `${name}@example.org`])
  }
  for (const id of [party, other]) {
    await database.pool.query("insert into workspaces values ($1, 'party', 'x', $2, now())", [id, people.owner])
  }
  for (const role of roleSchema.options) await join(party, role)
  await join(other, 'viewer', people.member)
})
afterAll(() => database.drop())

const apps: FastifyInstance[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

async function join(workspaceId: string, role: Role, userId = people[role]): Promise<void> {
  await database.pool.query('insert into memberships values ($1, $2, $3)', [workspaceId, userId, role])
}

interface As {
  readonly who?: string
  readonly scopes?: readonly Scope[]
  readonly key?: true
  readonly admin?: true
  readonly only?: string
}

/** An application whose requests say themselves who calls. */
async function start(rules: Readonly<Record<string, AccessRule>>, routes: (app: TypedApp) => void) {
  const app = fastify()
  apps.push(app)
  answerProblems(app)
  const typed = useZodSchemas(app)
  enforceAccess(app, { db: openQueries(database.pool), rules, onCaller: async () => undefined, whoCalls: callerOf })
  routes(typed)
  await app.ready()
  return async (url: string, as: As = {}, body?: object): Promise<[number, unknown]> => {
    const headers = { as: JSON.stringify(as) }
    const answer = await app.inject({
      method: body === undefined ? 'GET' : 'POST',
      url,
      headers,
      ...(body && { body }),
    })
    const json = answer.json()
    return [answer.statusCode, answer.statusCode < 400 ? json : json.code]
  }
}

async function callerOf(request: FastifyRequest): Promise<Caller | null> {
  const { who, scopes = ['read', 'write', 'admin'], key, admin, only } = JSON.parse(String(request.headers.as)) as As
  if (who === undefined) return null
  return {
    userId: people[who] ?? '',
    scopes: new Set(scopes),
    session: key === true ? null : { familyId: 'f' },
    apiKeyId: key === true ? 'k' : null,
    onlyWorkspaceId: only ?? null,
    isInstanceAdmin: admin === true,
  }
}

const forMembers: AccessRule = { who: 'workspace', least: 'member', scope: 'write' }
const params = z.strictObject({ workspaceId: ulidSchema })

test.each(['path', 'query', 'body'])(
  'a workspace named in the %s is for its members from the least role on',
  async (where) => {
    const ask = await start(
      { 'GET /api/v1/w/:workspaceId': forMembers, 'GET /api/v1/w': forMembers, 'POST /api/v1/w': forMembers },
      (app) => {
        app.route({
          method: 'GET',
          url: '/api/v1/w/:workspaceId',
          schema: { params },
          handler: async (request) => request.membership,
        })
        app.route({
          method: 'GET',
          url: '/api/v1/w',
          schema: { querystring: params },
          handler: async (request) => request.membership,
        })
        app.route({
          method: 'POST',
          url: '/api/v1/w',
          schema: { body: params },
          handler: async (request) => request.membership,
        })
      },
    )
    const attempt = (workspaceId: string, as: As) => {
      if (where === 'body') return ask('/api/v1/w', as, { workspaceId })
      return ask(where === 'path' ? `/api/v1/w/${workspaceId}` : `/api/v1/w?workspaceId=${workspaceId}`, as)
    }
    const outcomes: Record<string, unknown> = { anonymous: (await attempt(party, {}))[1] }
    for (const who of Object.keys(people)) {
      const [status, answer] = await attempt(party, { who })
      outcomes[who] = status === 200 ? answer : `${status} ${answer}`
    }
    const admitted = (role: Role) => ({ workspaceId: party, kind: 'party', role })
    expect(outcomes).toEqual({
      anonymous: 'signed-out',
      stranger: '404 not-found',
      guest: '403 forbidden',
      viewer: '403 forbidden',
      member: admitted('member'),
      admin: admitted('admin'),
      owner: admitted('owner'),
    })
    expect(await attempt(ulid(), { who: 'owner' })).toEqual([404, 'not-found'])
  },
)

test('where no workspace is named, a record is judged by the workspace it is found in', async () => {
  const ask = await start({ 'GET /api/v1/r/:in': forMembers }, (app) => {
    app.route({
      method: 'GET',
      url: '/api/v1/r/:in',
      schema: { params: z.strictObject({ in: ulidSchema }) },
      handler: async (request) => [request.memberships.length, requireMembership(request, request.params.in).role],
    })
  })
  expect(await ask(`/api/v1/r/${party}`, { who: 'member' })).toEqual([200, [2, 'member']])
  expect(await ask(`/api/v1/r/${other}`, { who: 'member' })).toEqual([403, 'forbidden'])
  expect(await ask(`/api/v1/r/${other}`, { who: 'owner' })).toEqual([404, 'not-found'])
})

test('a key needs the scope, and some routes are for sessions or administrators only', async () => {
  const rules: Record<string, AccessRule> = {
    'GET /api/v1/write': { who: 'user', scope: 'write' },
    'GET /api/v1/session': { who: 'user', scope: 'read', sessionOnly: true },
    'GET /api/v1/server': { who: 'instance-admin' },
  }
  const ask = await start(rules, (app) => {
    for (const name of ['write', 'session', 'server'])
      app.get(`/api/v1/${name}`, async (request) => ({ id: request.caller.userId }))
  })
  const who = 'owner'
  expect(await ask('/api/v1/write', { who, key: true, scopes: ['read'] })).toEqual([403, 'insufficient-scope'])
  expect((await ask('/api/v1/write', { who, key: true, scopes: ['write'] }))[0]).toBe(200)
  expect(await ask('/api/v1/session', { who, key: true })).toEqual([403, 'session-required'])
  expect((await ask('/api/v1/session', { who }))[0]).toBe(200)
  expect(await ask('/api/v1/server', { who })).toEqual([403, 'forbidden'])
  expect(await ask('/api/v1/server', { who, admin: true, key: true })).toEqual([403, 'session-required'])
  expect((await ask('/api/v1/server', { who, admin: true }))[0]).toBe(200)
  expect(await ask('/api/v1/server')).toEqual([401, 'signed-out'])
})

test('a route without a rule and a rule without a route keep the server from starting', async () => {
  const open = (app: TypedApp) => app.get('/api/v1/open', async () => ({}))
  await expect(start({}, open)).rejects.toThrow('GET /api/v1/open has no access rule')
  const rules: Record<string, AccessRule> = {
    'GET /api/v1/open': { who: 'anyone' },
    'GET /api/v1/gone': { who: 'anyone' },
  }
  await expect(start(rules, open)).rejects.toThrow('without a route: GET /api/v1/gone')
})
