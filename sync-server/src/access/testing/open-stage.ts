import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { type Role, roleSchema, workspaceSchema } from '@questlog/shared/protocol/workspaces'
import { issueToken } from '../../auth/account-tokens.ts'
import { type Database, openQueries } from '../../db/tables.ts'
import { endEpoch } from '../../sync/testing/end-epoch.ts'
import type { TestServer } from '../../testing/server.ts'
import type { SampleStage } from './sample.ts'

/** Somebody who tries a route. */
export interface Actor {
  readonly name: 'anonymous' | 'stranger' | 'administrator' | Role
  /** Signs in each time, so that each attempt of a logout may end its own session. */
  readonly token: () => Promise<string | undefined>
}

/** A party with a member of every role, a stranger, the server's administrator and nobody. */
export async function openStage(
  server: TestServer,
  adminEmail: string,
): Promise<{ readonly stage: SampleStage; readonly actors: readonly Actor[] }> {
  const password = 'correct horse'
  const steps = { db: openQueries(server.database.pool), now: () => server.clock.now }

  async function register(email = `${crypto.randomUUID()}@example.org`) {
    await restorePassword(steps.db, email)
    const body = { email, password, displayName: 'Someone', client: 'native' }
    const answer = await server.post('/api/v1/auth/register', body)
    return { email, password, ...sessionResponseSchema.parse(await answer.json()) }
  }
  const signIn = async (email: string) => (await register(email)).accessToken

  const others = roleSchema.exclude(['owner']).options
  const [owner, stranger, ...members] = await Promise.all([register(), register(), ...others.map(() => register())])
  const party = await fetch(`${server.url}/api/v1/workspaces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${owner.accessToken}` },
    body: JSON.stringify({ name: 'Friends', kind: 'party' }),
  })
  const { id: workspaceId } = workspaceSchema.parse(await party.json())

  const actors: Actor[] = [{ name: 'anonymous', token: async () => undefined }]
  const add = (name: Actor['name'], email: string) => actors.push({ name, token: () => signIn(email) })
  add('stranger', stranger.email)
  let guestId = ''
  for (const [index, { user, email }] of members.entries()) {
    const role = roleSchema.parse(others[index])
    await server.database.pool.query('insert into memberships (workspace_id, user_id, role) values ($1, $2, $3)', [
      workspaceId,
      user.id,
      role,
    ])
    add(role, email)
    if (role === 'guest') guestId = user.id
  }
  add('owner', owner.email)
  actors.push({
    name: 'administrator',
    async token() {
      const { accessToken } = await register(adminEmail)
      // All stages of a server share this account, and a request on another stage may have deleted it.
      await server.database.pool.query('update users set email_verified_at = now() where email = $1', [adminEmail])
      return accessToken
    },
  })

  async function as(token: string, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await send(server, { method, path, body, token })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>)
  }
  const stage: SampleStage = {
    workspaceId,
    guestId,
    register: async () => {
      const { user, email, accessToken, refreshToken = '' } = await register()
      return { userId: user.id, email, password, accessToken, refreshToken }
    },
    async mailedToken(purpose) {
      const { user, email } = await register()
      return issueToken(steps, { userId: user.id, purpose, email })
    },
    steps,
    endEpoch: () => endEpoch(server.database.pool, workspaceId),
    as,
    asOwner: (method, path, body) => as(owner.accessToken, method, path, body),
  }
  return { stage, actors }
}

/** What samples changed of how somebody signs in is undone, so that the password alone signs in again. */
async function restorePassword(db: Database, email: string): Promise<void> {
  const owner = db.selectFrom('users').select('id').where('email', '=', email)
  await db.deleteFrom('totp_secrets').where('user_id', 'in', owner).execute()
  await db.updateTable('users').set({ password_hash: 'plain:correct horse' }).where('email', '=', email).execute()
}

/** Sends a request with a JSON body and a token, where there are any. */
export function send(
  server: Pick<TestServer, 'url'>,
  request: {
    readonly method: string
    readonly path: string
    readonly body?: unknown
    readonly token?: string | undefined
    readonly headers?: Readonly<Record<string, string>>
  },
): Promise<Response> {
  const { method, path, body, token, headers } = request
  return fetch(`${server.url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}
