import fastify from 'fastify'
import { expect, test } from 'vitest'
import { registerSecurityHeaders } from './security-headers.ts'

async function headersOf(publicUrl: string | undefined, host = 'localhost:4000') {
  const app = fastify()
  await registerSecurityHeaders(app, publicUrl)
  return (await app.inject({ url: '/', headers: { host } })).headers
}

const policyOf = async (publicUrl: string | undefined, host?: string) =>
  String((await headersOf(publicUrl, host))['content-security-policy']).split(';')

test('a page takes everything from its own origin, runs nothing written into it, and cannot be framed', async () => {
  expect(await policyOf('https://quests.example.org')).toEqual([
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self' ws://localhost:4000 wss://localhost:4000 wss://quests.example.org",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ])
})

test('what a request gives as its host adds no rule to the policy', async () => {
  const policy = await policyOf(undefined, "evil.example; script-src 'unsafe-inline' *")
  expect(policy).toContain("script-src 'self'")
  expect(policy.filter((rule) => rule.includes('evil.example'))).toEqual([])
  expect(policy.filter((rule) => rule.trim().startsWith('script-src'))).toHaveLength(1)
})

test('nothing is guessed from contents, and no address is told to other sites', async () => {
  expect(await headersOf(undefined)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
})

test('browsers are told to stay with https only where people use it, and for this host alone', async () => {
  expect(await headersOf('https://quests.example.org')).toMatchObject({
    'strict-transport-security': 'max-age=31536000',
    'cross-origin-opener-policy': 'same-origin',
  })
  for (const plain of [undefined, 'http://quests.example.org']) {
    const names = Object.keys(await headersOf(plain))
    expect(names).not.toContain('strict-transport-security')
    expect(names).not.toContain('cross-origin-opener-policy')
  }
})
