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
  await serveApp(app, dist, () => false)
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
  for (const url of ['/today', '/today?day=2026-03-01', '/today?file=a.js', '/apiary']) {
    expect(await get(url)).toEqual([200, 'index.html', 'no-cache'])
  }
})

test('a page can be asked about, and nothing can be sent to it', async () => {
  expect((await app.inject({ method: 'HEAD', url: '/today' })).statusCode).toBe(200)
  expect((await app.inject({ method: 'POST', url: '/today' })).statusCode).toBe(404)
})

test.each([
  '/assets/gone.js',
  '/api',
  '/api/v1/gone',
  '/sync',
  '/sync/gone',
  '/health',
  '/health/gone',
  '/metrics',
  '/.well-known/gone',
  '/../package.json',
  '/%2e%2e/package.json',
])('%s is not answered with the app', async (url) => {
  expect((await get(url))[0]).toBeGreaterThanOrEqual(400)
})
