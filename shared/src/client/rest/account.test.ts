import { describe, expect, test } from 'vitest'
import type { WorkspaceId } from '../../domain/kernel/ids.ts'
import type { ProblemCode } from '../../protocol/problem.ts'
import { fakeTime } from '../testing/fake-time.ts'
import { createAccount } from './account.ts'
import type { AccountDeps } from './account-session.ts'
import { type Fetch, sendRequest } from './rest-request.ts'

const USER = { id: '01K00000000000000000000001', email: 'ana@example.org', displayName: 'Ana', emailVerified: true }
const WORKSPACE = {
  id: '01K00000000000000000000000',
  name: 'Personal',
  kind: 'personal',
  role: 'owner',
  document: 'w:01K00000000000000000000000:3',
} as const

interface Request {
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly token: string | undefined
}

type Answer = { readonly status: number; readonly body: unknown }

/** Answers requests by path; `offline` makes every request fail. */
class FakeServer {
  readonly requests: Request[] = []
  isOffline = false
  answers: Record<string, (request: Request) => Answer | Promise<Answer>> = {}

  readonly fetch: Fetch = async (url, init) => {
    const path = url.replace('https://quest.example/api/v1', '')
    const request = {
      method: init.method,
      path,
      body: init.body === undefined ? undefined : JSON.parse(init.body),
      token: init.headers.authorization?.replace('Bearer ', ''),
    }
    this.requests.push(request)
    if (this.isOffline) throw new TypeError('fetch failed')
    const answer = await (this.answers[path]?.(request) ?? problem(404, 'not-found'))
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
    return { ok: answer.status < 300, status: answer.status, text: async () => text }
  }

  paths(): string[] {
    return this.requests.map((request) => request.path)
  }
}

function problem(status: number, code: ProblemCode): Answer {
  return { status, body: { type: 'about:blank', title: code, status, code } }
}

function session(accessToken: string, expiresIn = 600): Answer {
  return { status: 200, body: { user: USER, accessToken, expiresIn } }
}

function setUp(overrides: Partial<AccountDeps> = {}) {
  const server = new FakeServer()
  const time = fakeTime()
  let stored: unknown = null
  const memory = {
    read: () => stored,
    write: (value: unknown) => {
      stored = value
    },
  }
  const start = () =>
    createAccount({ fetch: server.fetch, baseUrl: 'https://quest.example', now: time.now, memory, ...overrides })
  return { server, time, start, account: start() }
}

const credentials = { email: 'ana@example.org', password: 'correct horse' }

describe('signing in', () => {
  test('gives the user and a token, without another request', async () => {
    const { server, account } = setUp()
    server.answers['/auth/login'] = () => session('first')
    expect(await account.login(credentials)).toEqual({ ok: true, value: USER })
    expect(account.state.getState()).toEqual({ kind: 'signed-in', user: USER })
    expect(await account.accessToken()).toBe('first')
    expect(server.requests).toEqual([{ method: 'POST', path: '/auth/login', body: credentials, token: undefined }])
  })

  test('registering names the workspace made offline', async () => {
    const { server, account } = setUp()
    server.answers['/auth/register'] = () => ({ ...session('first'), status: 201 })
    const registration = { ...credentials, displayName: 'Ana', workspaceId: WORKSPACE.id as WorkspaceId }
    expect((await account.register(registration)).ok).toBe(true)
    expect(server.requests[0]?.body).toEqual(registration)
  })

  test('a refusal is the problem the server named, and nobody is signed in', async () => {
    const { server, account } = setUp()
    server.answers['/auth/login'] = () => problem(401, 'invalid-credentials')
    expect(await account.login(credentials)).toMatchObject({
      ok: false,
      error: { kind: 'problem', problem: { code: 'invalid-credentials' } },
    })
    expect(account.state.getState()).toEqual({ kind: 'unknown' })
  })

  test.each([
    ['no answer', null],
    ["a proxy's page", { status: 502, body: '<html>Bad gateway</html>' }],
    ['a captive portal', { status: 200, body: '<html>Welcome</html>' }],
    ['an answer of another shape', { status: 200, body: { hello: 'world' } }],
  ])('%s is unreachable', async (_what, answer) => {
    const { server, account } = setUp()
    if (answer === null) server.isOffline = true
    else server.answers['/auth/login'] = () => answer
    expect(await account.login(credentials)).toEqual({ ok: false, error: { kind: 'unreachable' } })
  })
})

describe('the access token', () => {
  test('is renewed before it ends, and not sooner', async () => {
    const { server, time, account } = setUp()
    server.answers['/auth/login'] = () => session('first', 600)
    server.answers['/auth/refresh'] = () => session('second', 600)
    await account.login(credentials)
    time.advance(509_000)
    expect(await account.accessToken()).toBe('first')
    time.advance(1_000)
    expect(await account.accessToken()).toBe('second')
  })

  test('is renewed once for all who ask at the same time', async () => {
    const { server, account } = setUp()
    server.answers['/auth/refresh'] = () => session('first')
    expect(await Promise.all([account.accessToken(), account.accessToken(), account.accessToken()])).toEqual([
      'first',
      'first',
      'first',
    ])
    expect(server.paths()).toEqual(['/auth/refresh'])
  })

  test('the server rejected is not given again', async () => {
    const { server, account } = setUp()
    server.answers['/auth/login'] = () => session('first')
    server.answers['/auth/refresh'] = () => session('second')
    await account.login(credentials)
    expect(await account.accessToken('first')).toBe('second')
    expect(await account.accessToken('first')).toBe('second')
    expect(server.paths()).toEqual(['/auth/login', '/auth/refresh'])
  })

  test('still good is given while a renewal cannot reach the server; ended, it rejects and nobody is signed out', async () => {
    const { server, time, account } = setUp()
    server.answers['/auth/login'] = () => session('first', 600)
    await account.login(credentials)
    server.isOffline = true
    time.advance(550_000)
    expect(await account.accessToken()).toBe('first')
    time.advance(50_000)
    await expect(account.accessToken()).rejects.toThrow('cannot be reached')
    expect(account.state.getState().kind).toBe('signed-in')
  })

  test('is null once the server says the session is over, and it is not asked again', async () => {
    const { server, account } = setUp()
    server.answers['/auth/refresh'] = () => problem(401, 'signed-out')
    expect(await account.accessToken()).toBeNull()
    expect(await account.accessToken()).toBeNull()
    expect(account.state.getState()).toEqual({ kind: 'signed-out' })
    expect(server.paths()).toEqual(['/auth/refresh'])
  })

  test('a server in trouble has not ended the session', async () => {
    const { server, account } = setUp()
    server.answers['/auth/refresh'] = () => problem(503, 'unavailable')
    await expect(account.accessToken()).rejects.toThrow('cannot be reached')
    expect(account.state.getState()).toEqual({ kind: 'unknown' })
  })

  test('a renewal that the server will not do now tells why to whoever asked for something', async () => {
    const { server, account } = setUp()
    server.answers['/auth/refresh'] = () => problem(429, 'rate-limited')
    expect(await account.workspaces()).toMatchObject({ ok: false, error: { problem: { code: 'rate-limited' } } })
    server.isOffline = true
    expect(await account.workspaces()).toEqual({ ok: false, error: { kind: 'unreachable' } })
  })

  test('renewals take turns with those of other tabs', async () => {
    const order: string[] = []
    const { server, account } = setUp({
      exclusively: async (task) => {
        order.push('locked')
        const value = await task()
        order.push('unlocked')
        return value
      },
    })
    server.answers['/auth/refresh'] = () => {
      order.push('refresh')
      return session('first')
    }
    await account.accessToken()
    expect(order).toEqual(['locked', 'refresh', 'unlocked'])
  })
})

describe('a restart', () => {
  test('offline still knows who is signed in', async () => {
    const { server, account, start } = setUp()
    server.answers['/auth/login'] = () => session('first')
    await account.login(credentials)
    server.isOffline = true
    expect(start().state.getState()).toEqual({ kind: 'signed-in', user: USER })
  })

  test('after signing out offline stays signed out, and tells the server as soon as it can', async () => {
    const { server, account, start } = setUp()
    server.answers['/auth/login'] = () => session('first')
    server.answers['/auth/refresh'] = () => session('second')
    server.answers['/auth/logout'] = () => ({ status: 204, body: '' })
    await account.login(credentials)
    server.isOffline = true
    await account.logout()
    expect(account.state.getState()).toEqual({ kind: 'signed-out' })

    server.isOffline = false
    const restarted = start()
    expect(restarted.state.getState()).toEqual({ kind: 'signed-out' })
    expect(await restarted.accessToken()).toBeNull()
    expect(await restarted.accessToken()).toBeNull()
    expect(server.paths()).toEqual(['/auth/login', '/auth/logout', '/auth/logout'])
  })

  test('a renewal under way when the person signs out does not sign them in again', async () => {
    const { server, account } = setUp()
    let answerRefresh: (answer: Answer) => void = () => undefined
    server.answers['/auth/refresh'] = () =>
      new Promise((resolve) => {
        answerRefresh = resolve
      })
    server.answers['/auth/logout'] = () => ({ status: 204, body: '' })
    const asked = account.accessToken()
    await account.logout()
    answerRefresh(session('late'))
    expect(await asked).toBeNull()
    expect(account.state.getState()).toEqual({ kind: 'signed-out' })
  })
})

describe('workspaces', () => {
  test('are listed as they are opened', async () => {
    const { server, account } = setUp()
    server.answers['/auth/refresh'] = () => session('first')
    server.answers['/workspaces'] = () => ({ status: 200, body: { items: [WORKSPACE], nextCursor: null } })
    const { document, ...rest } = WORKSPACE
    expect(await account.workspaces()).toEqual({ ok: true, value: [{ ...rest, documentName: document }] })
    expect(server.requests.at(-1)?.token).toBe('first')
  })

  test('a token that was rejected is renewed once, then the request is sent again', async () => {
    const { server, account } = setUp()
    server.answers['/auth/login'] = () => session('stale')
    server.answers['/auth/refresh'] = () => session('fresh')
    server.answers['/workspaces'] = ({ token }) =>
      token === 'fresh' ? { status: 200, body: { items: [], nextCursor: null } } : problem(401, 'signed-out')
    await account.login(credentials)
    expect(await account.workspaces()).toEqual({ ok: true, value: [] })
  })

  test('claiming tells when the account already has a personal log', async () => {
    const { server, account } = setUp()
    server.answers['/auth/refresh'] = () => session('first')
    server.answers['/workspaces'] = () => problem(409, 'personal-workspace-exists')
    const claimed = await account.claimWorkspace({
      id: WORKSPACE.id as WorkspaceId,
      name: 'Personal',
      kind: 'personal',
    })
    expect(claimed).toMatchObject({ ok: false, error: { problem: { code: 'personal-workspace-exists' } } })
    expect(server.requests.at(-1)?.body).toEqual({ id: WORKSPACE.id, name: 'Personal', kind: 'personal' })
  })

  test('cannot be asked for while signed out', async () => {
    const { server, account } = setUp()
    server.answers['/auth/refresh'] = () => problem(401, 'signed-out')
    expect(await account.workspaces()).toEqual({ ok: false, error: { kind: 'signed-out' } })
  })
})

test('the code for an answer that cannot be fetched is reported, and nothing is sent that could not be understood', async () => {
  const server = new FakeServer()
  const lost = new TypeError('Failed to fetch dynamically imported module')
  const reported: unknown[] = []
  const deps = { fetch: server.fetch, baseUrl: '', onPartMissing: (cause: unknown) => void reported.push(cause) }
  const answer = await sendRequest(deps, { method: 'GET', path: '/users/me', answer: () => Promise.reject(lost) })
  expect([answer, reported, server.paths()]).toEqual([{ ok: false, error: { kind: 'unreachable' } }, [lost], []])
})

describe('a server that takes the request and does not answer', () => {
  test('keeps nobody waiting for a token, and its answer is taken when it comes: its refresh token is the only one', async () => {
    const time = fakeTime()
    const { server, account } = setUp({ now: time.now, timers: time.timers })
    let answer = (_: Answer) => {}
    server.answers['/auth/refresh'] = () =>
      new Promise((resolve) => {
        answer = resolve
      })
    const waiting = account.accessToken()
    await expect.poll(() => server.paths()).toEqual(['/auth/refresh'])
    time.advance(20_000)
    await expect(waiting).rejects.toThrow('cannot be reached')
    const next = account.accessToken()
    answer(session('late'))
    expect([await next, await account.accessToken(), server.paths().length]).toEqual(['late', 'late', 1])
    expect(time.pending()).toEqual([])
  })
})
