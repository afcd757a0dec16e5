import { expect, test } from 'vitest'
import { createLogger } from './logging.ts'

test('an error is logged with its causes and without what a driver adds to it', () => {
  const written: string[] = []
  const logger = createLogger('info', { write: (line: string) => void written.push(line) })
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (email)=(ana@example.org)' })
  logger.error({ err: new Error('a request failed', { cause }) })
  expect(JSON.parse(written[0] ?? '')).toMatchObject({ err: { message: 'a request failed', cause: { code: '23505' } } })
  expect(written[0]).not.toContain('ana@example.org')
})
