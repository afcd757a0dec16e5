import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { createdInvitationSchema } from '@questlog/shared/protocol/members'
import { problemSchema } from '@questlog/shared/protocol/problem'
import { type Role, workspaceSchema } from '@questlog/shared/protocol/workspaces'
import type { TestServer } from './server.ts'

/** Somebody with an account, and what they ask the server. */
export interface Person {
  readonly id: string
  readonly email: string
  readonly token: string
  readonly ask: Ask
}

/** The status of an answer and its JSON, or the code of its refusal. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<readonly [number, unknown]>

/** Asks with a token below `/api/v1`; without one as nobody. */
export function askWith(server: Pick<TestServer, 'url'>, token: string | undefined): Ask {
  return async (method, path, body) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const json: unknown = text === '' ? null : JSON.parse(text)
    return [answer.status, answer.status < 400 ? json : problemSchema.parse(json).code]
  }
}

/** Makes an account. */
export async function makePerson(server: TestServer, name: string): Promise<Person> {
  const email = `${name.toLowerCase()}-${crypto.randomUUID()}@example.org`
  const body = { email, password: 'correct horse', displayName: name, client: 'native' }
  const answer = sessionResponseSchema.parse(await (await server.post('/api/v1/auth/register', body)).json())
  return { id: answer.user.id, email, token: answer.accessToken, ask: askWith(server, answer.accessToken) }
}

/** A party of somebody's, with its document. */
export async function makeParty(
  owner: Person,
  name = 'Friends',
): Promise<{ readonly id: string; readonly document: string }> {
  const [, made] = await owner.ask('POST', '/workspaces', { name, kind: 'party' })
  return workspaceSchema.parse(made)
}

/** Makes somebody a member by an invitation, as people do. */
export async function joinParty(
  owner: Person,
  workspaceId: string,
  person: Person,
  role: Exclude<Role, 'owner'>,
): Promise<void> {
  const [, made] = await owner.ask('POST', `/workspaces/${workspaceId}/invitations`, { role })
  const { token } = createdInvitationSchema.parse(made)
  const [status] = await person.ask('POST', '/invitations/accept', { token })
  if (status !== 200) throw new Error(`joining was answered ${status}`)
}
