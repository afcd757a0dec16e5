import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { afterEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../testing/server.ts'

let server: TestServer
afterEach(() => server.stop())

async function register(): Promise<string> {
  const body = { email: `${crypto.randomUUID()}@example.org`, password: 'correct horse', displayName: 'Ana' }
  return sessionResponseSchema.parse(await (await server.post('/api/v1/auth/register', body)).json()).accessToken
}

test("one person's requests are worked on a few at a time; another's overtake what waits", async () => {
  server = await startTestServer({})
  const [hog, ana] = [await register(), await register()]
  const answered: string[] = []
  const ask = async (name: string, token: string): Promise<number> => {
    const { status } = await server.get('/api/v1/workspaces', token)
    answered.push(name)
    return status
  }
  const flood = Array.from({ length: 150 }, () => ask('hog', hog))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(await ask('ana', ana)).toBe(200)
  expect(answered.indexOf('ana')).toBeLessThan(75)
  expect(new Set(await Promise.all(flood))).toEqual(new Set([200]))
})

test('a request whose sender went away makes room for the next', async () => {
  server = await startTestServer({})
  const token = await register()
  const gone = new AbortController()
  const headers = { authorization: `Bearer ${token}` }
  const left = Array.from({ length: 40 }, () =>
    fetch(`${server.url}/api/v1/workspaces`, { headers, signal: gone.signal }).catch(() => 'left'),
  )
  gone.abort()
  expect(await Promise.all(left)).toEqual(left.map(() => 'left'))
  expect((await server.get('/api/v1/workspaces', token)).status).toBe(200)
})
