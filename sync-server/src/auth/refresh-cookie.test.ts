import cookie from '@fastify/cookie'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { answerProblems } from '../http/answer-problems.ts'
import { createRefreshCookie } from './refresh-cookie.ts'

async function send(headers: Record<string, string>, publicUrl?: string) {
  const app = fastify({ trustProxy: true })
  answerProblems(app)
  await app.register(cookie)
  const refreshCookie = createRefreshCookie({ lifeMs: 60_000, publicUrl, corsOrigins: [] })
  app.post('/', (request, reply) => {
    refreshCookie.refuseCrossSite(request)
    refreshCookie.write(request, reply, 'token')
    return reply.code(204).send()
  })
  const { statusCode, headers: answered } = await app.inject({
    method: 'POST',
    url: '/',
    headers: { host: 'quests.example.org:4000', ...headers },
  })
  return { statusCode, cookie: String(answered['set-cookie']) }
}

test('the cookie is Secure where a proxy says that the browser came by https, without a public address', async () => {
  const secure = /^__Host-questlog_refresh=token; Max-Age=60; Path=\/; HttpOnly; Secure; SameSite=Strict$/
  expect((await send({ 'x-forwarded-proto': 'https' })).cookie).toMatch(secure)
  expect((await send({ 'x-forwarded-proto': 'http' })).cookie).not.toContain('Secure')
})

test.each<[string, Record<string, string>, number]>([
  ['this page', { 'sec-fetch-site': 'same-origin', origin: 'http://renamed.by.proxy' }, 204],
  ['the address bar', { 'sec-fetch-site': 'none' }, 204],
  ['a script without a browser', {}, 204],
  ['this page in a browser that names the origin only', { origin: 'http://quests.example.org:4000' }, 204],
  ['another port of this machine', { origin: 'http://quests.example.org:5000' }, 403],
  ['another site that hides its origin', { 'sec-fetch-site': 'cross-site' }, 403],
  [
    'another site under the name of this one',
    { 'sec-fetch-site': 'cross-site', origin: 'http://quests.example.org:4000' },
    403,
  ],
])('a request of %s is told by its headers', async (_, headers, status) => {
  expect((await send(headers)).statusCode).toBe(status)
})
