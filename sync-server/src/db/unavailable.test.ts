import { expect, test } from 'vitest'
import { isDatabaseUnavailable } from './unavailable.ts'

const withCode = (code: string) => Object.assign(new Error('x'), { code })

test.each([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  '08006',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '53000',
  '53100',
  '53200',
  '53300',
  '53400',
  '25006',
  '55000',
  '58030',
])('a query that failed with %s may succeed later', (code) => {
  expect(isDatabaseUnavailable(withCode(code))).toBe(true)
})

test.each(['23505', '25001', '42P01', '57014', '55006', 'ENOENT'])(
  'a query that failed with %s would fail again',
  (code) => {
    expect(isDatabaseUnavailable(withCode(code))).toBe(false)
  },
)

test('only errors say that the database is away', () => {
  expect([isDatabaseUnavailable('ECONNREFUSED'), isDatabaseUnavailable(new Error('x'))]).toEqual([false, false])
})
