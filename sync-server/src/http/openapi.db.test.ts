import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { accessRules } from '../access/access-rules.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()).min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  responses: z.record(
    z.string(),
    z.object({ description: z.string(), content: z.record(z.string(), z.unknown()).optional() }),
  ),
})
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
})

let server: TestServer
let text: string
let document: z.infer<typeof documentSchema>
beforeAll(async () => {
  server = await startTestServer()
  text = await (await server.get('/api/v1/openapi.json')).text()
  document = documentSchema.parse(JSON.parse(text))
})
afterAll(() => server.stop())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ key: `${method.toUpperCase()} ${path}`, ...operation })),
  )

test('the API describes itself in a valid OpenAPI 3.1 document', async () => {
  const validator = new Validator()
  expect(await validator.validate(JSON.parse(text))).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('every route of the access table is described, and whether it needs a token', () => {
  const described = operations().map(({ key, security }) => [key, security.length > 0])
  const rules = Object.entries(accessRules)
    .filter(([key]) => key !== 'GET /api/v1/openapi.json')
    .map(([key, rule]) => [key.replaceAll(/:(\w+)/g, '{$1}'), rule.who !== 'anyone'])
  expect(described.sort()).toEqual(rules.sort())
})

test('operations have names of their own, and answers say what they are', () => {
  const names = operations().map(({ operationId }) => operationId)
  expect(new Set(names).size).toBe(names.length)
  for (const { key, responses } of operations()) {
    const statuses = Object.keys(responses).map(Number)
    expect(
      statuses.some((status) => status < 400),
      key,
    ).toBe(true)
    for (const [status, { description, content = {} }] of Object.entries(responses)) {
      expect(description).not.toBe('Default Response')
      if (Number(status) >= 400) expect([key, Object.keys(content)]).toEqual([key, ['application/problem+json']])
    }
  }
})
