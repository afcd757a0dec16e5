import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseConfig } from './config.ts'
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
