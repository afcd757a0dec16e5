import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveApp } from './static-app.ts'

let app: FastifyInstance
let dist: string

beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'questlog-dist-'))
  mkdirSync(join(dist, 'assets'))
  for (const file of ['index.html', 'sw.js', 'assets/app-1a2b.js']) writeFileSync(join(dist, file), file)
  app = fastify()
  await serveApp(app, dist)
})
afterAll(async () => {
  await app.close()
  rmSync(dist, { recursive: true })
})

async function get(url: string): Promise<[number, string, unknown]> {
  const response = await app.inject({ url })
  return [response.statusCode, response.body, response.headers['cache-control']]
}

test('what the bundler named by its content is kept for ever, all else is asked for again', async () => {
  expect(await get('/assets/app-1a2b.js')).toEqual([200, 'assets/app-1a2b.js', 'public, max-age=31536000, immutable'])
  expect(await get('/sw.js')).toEqual([200, 'sw.js', 'no-cache'])
  expect(await get('/')).toEqual([200, 'index.html', 'no-cache'])
})

test('pages of the app open by their address, and stay uncached', async () => {
  expect(await get('/today?day=2026-03-01')).toEqual([200, 'index.html', 'no-cache'])
})

test.each(['/assets/gone.js', '/api/v1/gone', '/health/gone', '/../package.json', '/%2e%2e/package.json'])(
  '%s is not answered with the app',
  async (url) => {
    expect((await get(url))[0]).toBeGreaterThanOrEqual(400)
  },
)
