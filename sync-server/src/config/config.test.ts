import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { syncLimits } from '../compose/sync-limits.ts'
import { type Config, parseConfig } from './config.ts'
import { variables } from './variables.ts'

const inService = { terminal: false }

test('every wrong variable is named in one message, and no value is repeated', () => {
  const secret = 'c2hvcnQ='
  const parsed = parseConfig({ PORT: 'eighty', BUS: 'redis', QUESTLOG_SECRET_KEY: secret, HOST: '::1' }, inService)
  if (parsed.ok) throw new Error('the environment was accepted')
  expect(parsed.error).toContain('PORT: must be a whole number from 0 to 65535')
  expect(parsed.error).toContain('BUS:')
  expect(parsed.error).toContain('QUESTLOG_SECRET_KEY:')
  expect(parsed.error).not.toContain(secret)
  expect(parsed.error).not.toContain('eighty')
})

test('origins are kept as browsers spell them, and what is none is refused', () => {
  const parsed = parseConfig(
    { PUBLIC_URL: 'https://Quests.example.org:443/', ALLOWED_ORIGINS: 'http://a.b/, https://c.d' },
    inService,
  )
  expect(parsed).toMatchObject({
    ok: true,
    value: { publicUrl: 'https://quests.example.org', allowedOrigins: ['http://a.b', 'https://c.d'] },
  })
  for (const wrong of ['quests.example.org', 'ftp://a.b', 'https://a.b/path', 'https://u:p@a.b', 'https://a.b?x']) {
    const refused = parseConfig({ PUBLIC_URL: wrong, ALLOWED_ORIGINS: wrong }, inService)
    expect(refused.ok ? refused : refused.error.match(/PUBLIC_URL|ALLOWED_ORIGINS/g)).toEqual([
      'PUBLIC_URL',
      'ALLOWED_ORIGINS',
    ])
  }
})

test('servers that may share a database tell each other of edits unless told not to', () => {
  const bus = (environment: Record<string, string>) => {
    const parsed = parseConfig(environment, inService)
    return parsed.ok ? parsed.value.bus : 'refused'
  }
  const shared = { DATABASE_URL: 'postgres://db.example/questlog' }
  expect([{}, shared, { ...shared, BUS: 'in-process' }].map(bus)).toEqual(['in-process', 'postgres', 'in-process'])
})

test('proxies are named by number or by address', () => {
  const trust = (value: string) => {
    const parsed = parseConfig({ TRUST_PROXY: value }, inService)
    return parsed.ok ? parsed.value.trustProxy : 'refused'
  }
  expect(['true', 'false', '2', '10.0.0.1, fd00::/8', 'loopback'].map(trust)).toEqual([
    true,
    false,
    2,
    '10.0.0.1, fd00::/8',
    'loopback',
  ])
  expect(['yes', '10.0.0.1/33', 'proxy.example', '10.0.0.1,', '10.0.0.1/8/8'].map(trust)).toEqual(
    Array<string>(5).fill('refused'),
  )
})

test('an empty variable counts as unset', () => {
  expect(parseConfig({ PORT: '', DATABASE_URL: '' }, inService)).toMatchObject({
    ok: true,
    value: { port: 4000, databaseUrl: undefined },
  })
})

test('a terminal is kept quiet unless a level is asked for', () => {
  const level = (environment: Record<string, string>) => {
    const parsed = parseConfig(environment, { terminal: true })
    return parsed.ok ? parsed.value.logLevel : parsed.error
  }
  expect([level({}), level({ LOG_LEVEL: 'debug' })]).toEqual(['warn', 'debug'])
})

test('crash points are honoured in tests only', () => {
  const crash = (environment: Record<string, string>) => {
    const parsed = parseConfig({ QUESTLOG_CRASH_AT: 'after-commit', ...environment }, inService)
    return parsed.ok ? parsed.value.crash : parsed.error
  }
  expect([crash({}), crash({ NODE_ENV: 'production' })]).toEqual([undefined, undefined])
  expect(crash({ NODE_ENV: 'test', QUESTLOG_CRASH_AFTER: '3' })).toEqual({ at: 'after-commit', after: 3 })
})

test('every variable is documented', () => {
  const manual = readFileSync(join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8')
  const undocumented = Object.keys(variables.shape).filter((name) => !manual.includes(`| \`${name}\` |`))
  expect(undocumented).toEqual([])
})

function configOf(environment: Readonly<Record<string, string>>): Config {
  const parsed = parseConfig(environment, inService)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

test('a number counts in the unit that its name says', () => {
  const config = configOf({
    ACCESS_TOKEN_MINUTES: '2',
    REFRESH_TOKEN_DAYS: '2',
    REFRESH_GRACE_SECONDS: '2',
    SIGNING_KEY_DAYS: '2',
    LOG_RETENTION_DAYS: '2',
    SHUTDOWN_SECONDS: '2',
    OPEN_DOCUMENT_MB: '16',
  })
  expect(config).toMatchObject({
    accessTokenMs: 120_000,
    refreshTokenMs: 172_800_000,
    refreshGraceMs: 2_000,
    signingKeyMs: 172_800_000,
    keepLogMs: 172_800_000,
    shutdownMs: 2_000,
    openDocumentBytes: 16_777_216,
  })
})

test('what is set for the sync core reaches it, and the rest stays as it is', () => {
  const limits = syncLimits(
    configOf({
      LOG_RETENTION_DAYS: '0',
      MAX_FRAME_BYTES: '65536',
      MAX_DOCUMENT_BYTES: '1048576',
      COMPACT_AFTER_UPDATES: '7',
      OPEN_DOCUMENT_MB: '16',
    }),
  )
  const set = {
    keepLogMs: 0,
    maxFrameBytes: 65_536,
    maxDocumentBytes: 1_048_576,
    compactAfterUpdates: 7,
    openDocumentBytes: 16_777_216,
    // A quarter of it each.
    documentHeapBytes: 4_194_304,
    replicaBytes: 4_194_304,
  }
  expect(limits).toEqual({ ...syncLimits(configOf({})), ...set })
})

test('a number out of its bounds is refused, and the bounds themselves are not', () => {
  const refused = (environment: Record<string, string>) => !parseConfig(environment, inService).ok
  expect(['-1', '65536', '4.5', '1e3', ' 80'].map((PORT) => refused({ PORT }))).toEqual(Array(5).fill(true))
  expect(['0', '65535'].map((PORT) => refused({ PORT }))).toEqual([false, false])
  expect(['3', '4'].map((DATABASE_POOL_SIZE) => refused({ DATABASE_POOL_SIZE }))).toEqual([true, false])
})

test('a document key is 32 bytes under a name of its own', () => {
  const key = Buffer.alloc(32, 7).toString('base64')
  const keysOf = (value: string) => {
    const parsed = parseConfig({ DOCUMENT_KEYS: value }, inService)
    return parsed.ok ? parsed.value.documentKeys.map(({ id, secret }) => `${id} ${secret.toString('base64')}`) : null
  }
  expect(keysOf(`2026:${key},2025:${key}`)).toEqual([`2026 ${key}`, `2025 ${key}`])
  for (const wrong of [key, `a:${key},a:${key}`, 'a:c2hvcnQ=', `:${key}`, `a b:${key}`, `a:${key},`]) {
    expect(keysOf(wrong), wrong).toBeNull()
  }
})

test('only PostgreSQL is taken for a database', () => {
  for (const url of ['mysql://db/questlog', 'db.example/questlog', 'postgres://', 'postgres://a b']) {
    expect(parseConfig({ DATABASE_URL: url }, inService)).toMatchObject({
      ok: false,
      error: expect.stringContaining('DATABASE_URL: must start with postgres://'),
    })
  }
  expect(configOf({ DATABASE_URL: 'postgresql://db/questlog' }).databaseUrl).toBe('postgresql://db/questlog')
})

test('a relative data directory lies in the checkout, wherever the server is started from', () => {
  const root = join(import.meta.dirname, '../../..')
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue('/elsewhere')
  const paths = [{}, { QUESTLOG_DATA_DIR: 'own/data' }, { QUESTLOG_DATA_DIR: '/srv/data' }]
  const found = paths.map((environment) => configOf(environment).dataDir)
  cwd.mockRestore()
  expect(found).toEqual([join(root, '.questlog'), join(root, 'own/data'), '/srv/data'])
})

test('without any variable the server is open to new accounts, trusts no proxy and shows metrics', () => {
  expect(configOf({})).toMatchObject({
    registration: 'open',
    trustProxy: undefined,
    metrics: true,
    publicUrl: undefined,
  })
})

test('administrators are named as accounts spell them', () => {
  expect(configOf({ ADMIN_EMAILS: 'Ana@Example.org, ben@bücher.example' }).adminEmails).toEqual([
    'ana@example.org',
    'ben@xn--bcher-kva.example',
  ])
  expect(configOf({}).adminEmails).toEqual([])
  for (const wrong of ['ana', 'ana@example.org,', '@']) {
    expect(parseConfig({ ADMIN_EMAILS: wrong }, inService).ok).toBe(false)
  }
})

test('an address from which nobody signed in calls never has a greater burst than its hour', () => {
  const limits = (environment: Record<string, string>) => configOf(environment).requestLimits
  expect(limits({})).toEqual({
    user: { name: 'user', perHour: 1_000, burst: 1_000 },
    anonymous: { name: 'address', perHour: 500, burst: 500 },
  })
  expect(limits({ RATE_LIMIT_BURST: '20' }).anonymous.burst).toBe(20)
})

test('only Redis is taken for one', () => {
  const taken = ['redis://r:6379/1', 'rediss://u:p@r', 'unix:///run/redis.sock', '/run/redis.sock']
  expect(taken.map((url) => configOf({ REDIS_URL: url }).redisUrl)).toEqual(taken)
  for (const url of ['http://r', 'r:6379', 'redis://']) {
    expect(parseConfig({ REDIS_URL: url }, inService).ok).toBe(false)
  }
})

test('mail needs an address to send from, and one to send people to', () => {
  const parsed = parseConfig({ SMTP_URL: 'smtp://mail.example.org' }, inService)
  expect(parsed.ok ? parsed : parsed.error.match(/MAIL_FROM|PUBLIC_URL/g)).toEqual(['MAIL_FROM', 'PUBLIC_URL'])
  const complete = { SMTP_URL: 'smtps://u:p@mail.example.org', PUBLIC_URL: 'https://quests.example.org' }
  const from = 'Questlog <quests@example.org>'
  expect(configOf({ ...complete, MAIL_FROM: from }).mail).toEqual({
    url: complete.SMTP_URL,
    from,
    home: complete.PUBLIC_URL,
  })
  expect(configOf({ PUBLIC_URL: complete.PUBLIC_URL, MAIL_FROM: from }).mail).toBeUndefined()
  for (const wrong of ['quests', 'Questlog <quests>', 'a@b.c\r\nBcc: d@e.f', 'a@b.c, d@e.f']) {
    expect(parseConfig({ ...complete, MAIL_FROM: wrong }, inService).ok).toBe(false)
  }
})

test('a provider is named once, reached by https, and its secret is never repeated in a message', () => {
  const acme = {
    id: 'acme',
    name: 'Acme',
    issuer: 'https://id.acme.example',
    clientId: 'questlog',
    clientSecret: 's3cret',
  }
  const providers = (...list: readonly object[]) => parseConfig({ OIDC_PROVIDERS: JSON.stringify(list) }, inService)
  expect(configOf({ OIDC_PROVIDERS: JSON.stringify([acme]) }).oidcProviders).toEqual([
    { ...acme, scopes: ['openid', 'email', 'profile'] },
  ])
  expect(providers({ ...acme, issuer: 'http://localhost:9000' }).ok).toBe(true)
  const wrong = [
    { issuer: 'http://id.acme.example' },
    { issuer: 'acme' },
    { id: 'A/b' },
    { scopes: ['email'] },
    { clientSecrets: 's3cret' },
  ]
  for (const change of wrong) {
    const parsed = providers({ ...acme, ...change })
    expect(parsed).toMatchObject({ ok: false, error: expect.stringContaining('OIDC_PROVIDERS') })
    expect(JSON.stringify(parsed)).not.toContain('s3cret')
  }
  expect(providers(acme, acme).ok).toBe(false)
  expect(parseConfig({ OIDC_PROVIDERS: '[{' }, inService).ok).toBe(false)
})
