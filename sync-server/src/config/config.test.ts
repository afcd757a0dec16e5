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
