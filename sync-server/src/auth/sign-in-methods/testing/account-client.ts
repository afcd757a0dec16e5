import { type SessionResponse, sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { type Problem, problemSchema } from '@questlog/shared/protocol/problem'
import type { TestServer } from '../../../testing/server.ts'

/** A person with an account, as a program signs them in. */
export interface TestAccount {
  readonly userId: string
  readonly email: string
  readonly password: string
  readonly token: string
  /** Sends a request as them. */
  send(method: string, path: string, body?: unknown): Promise<Response>
  /** Signs in again with the password. */
  login(): Promise<Response>
}

/** Makes an account on a test server. */
export async function newAccount(server: TestServer, url = server.url): Promise<TestAccount> {
  const email = `${crypto.randomUUID()}@example.org`
  const password = 'correct horse'
  const body = { email, password, displayName: 'Ana', client: 'native' }
  const session = await sessionFrom(await server.post('/api/v1/auth/register', body))
  return {
    userId: session.user.id,
    email,
    password,
    token: session.accessToken,
    send: (method, path, sent) => sendAs(url, session.accessToken, method, path, sent),
    login: () => server.post('/api/v1/auth/login', { email, password, client: 'native' }),
  }
}

/** Sends a request with a token and a JSON body, where there is one; follows no redirect. */
export function sendAs(url: string, token: string, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${url}/api/v1${path}`, {
    method,
    redirect: 'manual',
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

/** The session a successful answer holds. */
export async function sessionFrom(response: Response): Promise<SessionResponse> {
  return sessionResponseSchema.parse(await response.json())
}

/** The refusal an answer is; fails for a success. */
export async function problemFrom(response: Response): Promise<Problem> {
  const problem = problemSchema.parse(await response.json())
  if (problem.status !== response.status)
    throw new Error(`the problem says ${problem.status}, the answer ${response.status}`)
  return problem
}
