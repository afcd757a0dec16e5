import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { problemSchema } from '@questlog/shared/protocol/problem'
import { type QuestResponse, questListSchema, questSchema } from '@questlog/shared/protocol/quests'
import { type Role, workspaceListSchema, workspaceSchema } from '@questlog/shared/protocol/workspaces'
import { z } from 'zod'
import type { TestServer } from '../../testing/server.ts'

/** Somebody with an account who uses the API. */
export interface Person {
  readonly id: string
  readonly token: string
  /** Their personal workspace and its document. */
  readonly home: string
  readonly document: string
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** Calls and answers the JSON; fails when it is refused. */
  ask<Schema extends z.ZodType>(schema: Schema, method: string, path: string, body?: unknown): Promise<z.output<Schema>>
  /** The refusal of a call: its code, and what it says of fields, circles and operations. */
  refusal(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<object>
  makeQuest(quest: object): Promise<QuestResponse>
  quest(id: string): Promise<QuestResponse>
  /** The titles of a list of quests. */
  titles(query?: string): Promise<readonly string[]>
  makeParty(): Promise<string>
}

/** The answer of routes that make or change something, as far as tests look at it. */
export const anyRecordSchema = z.looseObject({ id: z.string() })

/** Registers somebody. */
export async function registerPerson(server: TestServer, path = server.url): Promise<Person> {
  const body = { email: `${crypto.randomUUID()}@example.org`, password: 'correct horse', displayName: 'Ana' }
  const registered = await server.post('/api/v1/auth/register', body)
  const { user, accessToken: token } = sessionResponseSchema.parse(await registered.json())
  const listed = await server.get('/api/v1/workspaces', token)
  const [home] = workspaceListSchema.parse(await listed.json()).items
  if (home === undefined) throw new Error('the account has no personal workspace')

  const call: Person['call'] = (method, address, content, headers) =>
    fetch(`${path}/api/v1${address}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(content !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content !== undefined && { body: JSON.stringify(content) }),
    })
  const ask: Person['ask'] = async (schema, method, address, content) => {
    const response = await call(method, address, content)
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${address} answered ${response.status}: ${text}`)
    return schema.parse(text === '' ? undefined : JSON.parse(text))
  }
  return {
    id: user.id,
    token,
    home: home.id,
    document: home.document,
    call,
    ask,
    async refusal(method, address, content, headers) {
      const problem = problemSchema.parse(await (await call(method, address, content, headers)).json())
      const { code, errors, cycle, operation } = problem
      return { code, ...(errors && { errors }), ...(cycle && { cycle }), ...(operation !== undefined && { operation }) }
    },
    makeQuest: (quest) => ask(questSchema, 'POST', '/quests', quest),
    quest: (id) => ask(questSchema, 'GET', `/quests/${id}`),
    async titles(query = '') {
      const { items } = await ask(questListSchema, 'GET', `/quests?${query}`)
      return items.map(({ title }) => title)
    },
    makeParty: async () => (await ask(workspaceSchema, 'POST', '/workspaces', { name: 'Friends', kind: 'party' })).id,
  }
}

/** Makes somebody a member of a party. */
export async function addMember(server: TestServer, workspaceId: string, person: Person, role: Role): Promise<void> {
  await server.database.pool.query('insert into memberships (workspace_id, user_id, role) values ($1, $2, $3)', [
    workspaceId,
    person.id,
    role,
  ])
}
