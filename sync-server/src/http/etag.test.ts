import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { answerProblems } from './answer-problems.ts'
import { answerUnchanged, etagOf, isMatch, listEtag } from './etag.ts'
import { HttpProblem } from './http-problem.ts'
import { pageQuery, readCursor, writeCursor } from './pagination.ts'
import { useZodSchemas } from './typed-app.ts'

let app: FastifyInstance
beforeEach(async () => {
  app = fastify()
  answerProblems(app)
  const typed = useZodSchemas(app)
  typed.get('/record', async (request, reply) => {
    if (answerUnchanged(request, reply, etagOf('42'))) return reply
    return { title: 'x' }
  })
  typed.put('/record', async (request) => {
    if (!isMatch(request, '42')) throw new HttpProblem('precondition-failed', [], { current: { version: '42' } })
    return { title: 'y' }
  })
  typed.get('/list', async (request, reply) => {
    if (answerUnchanged(request, reply, listEtag(['ana', 7n, 9n]))) return reply
    return { items: [] }
  })
  typed.get('/pages', { schema: { querystring: z.strictObject(pageQuery) } }, async (request) => ({
    limit: request.query.limit,
    after: readCursor('names', z.tuple([z.string(), z.int()]), request.query.cursor),
  }))
  await app.ready()
})
afterEach(() => app.close())

async function ask(url: string, headers: Record<string, string> = {}, method: 'GET' | 'PUT' = 'GET') {
  const { statusCode, headers: answered, body } = await app.inject({ method, url, headers })
  return { status: statusCode, etag: answered.etag, body: body === '' ? undefined : JSON.parse(body) }
}

test('a record the client has is not sent again, by any of the tags it names', async () => {
  expect(await ask('/record')).toEqual({ status: 200, etag: '"42"', body: { title: 'x' } })
  for (const tag of ['"42"', 'W/"42"', '"42-gzip"', '"1", "42"', '*']) {
    expect(await ask('/record', { 'if-none-match': tag })).toEqual({ status: 304, etag: '"42"', body: undefined })
  }
  for (const tag of ['"41"', '42', '']) expect((await ask('/record', { 'if-none-match': tag })).status).toBe(200)
})

test('a write that names another version is refused, and one that names none is not', async () => {
  const put = async (tag?: string) => (await ask('/record', tag === undefined ? {} : { 'if-match': tag }, 'PUT')).status
  expect([await put(), await put('"42"'), await put('*'), await put('"1", "42"')]).toEqual([200, 200, 200, 200])
  // As nginx, Apache and Caddy send it on with an answer that they compress.
  for (const tag of ['W/"42"', '"42-gzip"', 'W/"42-br"', 'W/"41", W/"42"'])
    expect([tag, await put(tag)]).toEqual([tag, 200])
  for (const tag of ['"41"', 'W/"41"', '42', '"4"', '"42-x"', '']) expect([tag, await put(tag)]).toEqual([tag, 412])
  const refused = await ask('/record', { 'if-match': '"41"' }, 'PUT')
  expect([refused.body.code, refused.body.current, refused.etag]).toEqual([
    'precondition-failed',
    { version: '42' },
    '"42"',
  ])
})

test('a list is the same while nothing it depends on has changed', async () => {
  const { etag } = await ask('/list')
  expect(etag).toMatch(/^W\/"[\w-]{22}"$/)
  expect((await ask('/list', { 'if-none-match': String(etag) })).status).toBe(304)
  expect(new Set([listEtag(['ana', 7n, 9n]), listEtag(['ana', 7n, 10n]), listEtag(['ben', 7n, 9n])]).size).toBe(3)
})

test('a page begins after its cursor; limits and cursors that are none are refused with their path', async () => {
  const cursor = writeCursor('names', ['a0', 5])
  expect((await ask(`/pages?cursor=${cursor}`)).body).toEqual({ limit: 50, after: ['a0', 5] })
  expect((await ask('/pages?limit=200')).body.limit).toBe(200)
  const path = async (query: string) =>
    (await ask(`/pages?${query}`)).body.errors?.map((error: { path: string }) => error.path)
  for (const wrong of ['limit=0', 'limit=201', 'limit=1.5', 'limit=x', 'limit=1&limit=2']) {
    expect(await path(wrong)).toEqual(['query.limit'])
  }
  for (const wrong of [
    ...['x', '%E2%98%83', 'x'.repeat(1_001)],
    ...[writeCursor('names', ['a0']), writeCursor('names', ['a0', 'five']), writeCursor('places', ['a0', 5])],
  ]) {
    expect(await path(`cursor=${wrong}`)).toEqual(['query.cursor'])
  }
  expect(await path('limt=5')).toEqual(['query.limt'])
})
