import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { problemCodeSchema } from '@questlog/shared/protocol/problem'
import fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { answerProblems } from '../http/answer-problems.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { metricsRoute } from '../http/metrics.ts'
import { collectOpenApi, describeApi } from '../http/openapi.ts'
import { problems } from '../http/problem-responses.ts'
import { useZodSchemas } from '../http/typed-app.ts'
import { noteAnsweredProblems, problemsOutOfStep } from './answered-problems.ts'

const directory = mkdtempSync(join(tmpdir(), 'questlog-answered-'))
afterEach(() => rmSync(directory, { recursive: true }))

test('what a route documents and nobody got is told, and what it answers and does not document', async () => {
  const app = fastify()
  answerProblems(app)
  metricsRoute(
    app,
    () => ({}),
    async () => null,
  )
  const typed = useZodSchemas(app)
  await collectOpenApi(app)
  const params = z.strictObject({ code: problemCodeSchema })
  const response = { 200: z.object({}), ...problems('not-found', 'cycle', 'trashed') }
  typed.get('/api/v1/refuse/:code', { schema: { params, response } }, ({ params: { code } }) =>
    Promise.reject(new HttpProblem(code)),
  )
  await describeApi(app)
  const url = await app.listen()
  await fetch(`${url}/api/v1/refuse/not-found`, { method: 'HEAD' })
  for (const code of ['cycle', 'forbidden']) await fetch(`${url}/api/v1/refuse/${code}`)
  await noteAnsweredProblems(directory, url)
  await app.close()
  expect(problemsOutOfStep(directory)).toEqual([
    'GET /api/v1/refuse/:code forbidden: answered, but not documented',
    'GET /api/v1/refuse/:code trashed: documented, but no test is answered with it',
  ])
})
