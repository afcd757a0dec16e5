import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { announceDeprecations } from './deprecation.ts'
import { collectOpenApi } from './openapi.ts'
import { useZodSchemas } from './typed-app.ts'

let app: FastifyInstance
beforeEach(async () => {
  app = fastify()
  const typed = useZodSchemas(app)
  await collectOpenApi(app)
  announceDeprecations(app)
  const deprecated = { since: '2027-01-31', sunset: '2027-07-31', link: 'https://example.org/old' }
  const schema = { response: { 200: z.object({}) } }
  typed.get('/api/v1/old', { schema, config: { deprecated } }, async () => ({}))
  typed.get('/api/v1/new', { schema }, async () => ({}))
  await app.ready()
})
afterEach(() => app.close())

test('a deprecated route says so in every answer, in the words of RFC 9745 and RFC 8594', async () => {
  const { headers } = await app.inject({ url: '/api/v1/old' })
  expect([headers.deprecation, headers.sunset, headers.link]).toEqual([
    '@1801353600',
    'Sat, 31 Jul 2027 00:00:00 GMT',
    '<https://example.org/old>; rel="deprecation"; type="text/html"',
  ])
  expect((await app.inject({ url: '/api/v1/new' })).headers.deprecation).toBeUndefined()
})

test('the OpenAPI document shows which routes are deprecated, and how their answers say so', () => {
  const names = ['X-Request-Id', 'RateLimit-Policy', 'RateLimit', 'Deprecation', 'Sunset', 'Link']
  const headers = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
  expect(app.swagger()).toMatchObject({
    paths: { '/api/v1/old': { get: { deprecated: true, responses: { 200: { headers } } } } },
  })
  expect(JSON.stringify(app.swagger().paths?.['/api/v1/new'])).not.toContain('deprecated')
})
