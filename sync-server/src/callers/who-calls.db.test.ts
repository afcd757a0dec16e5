import { err, ok } from '@questlog/shared/domain/kernel/result'
import type { FastifyRequest } from 'fastify'
import { ulid } from 'ulidx'
import { beforeAll, expect, test } from 'vitest'
import { openQueries } from '../db/tables.ts'
import { useDatabase } from '../testing/use-database.ts'
import { whoCalls } from './who-calls.ts'

const database = useDatabase('file')
const [ana, ben] = [ulid(), ulid()]
beforeAll(async () => {
  for (const [id, email] of [
    [ana, 'ana@example.org'],
    [ben, 'ben@example.org'],
  ]) {
    const insert =
      "insert into users (id, email, display_name, password_hash, created_at) values ($1, $2, 'x', 'x', now())"
    await database.pool.query(insert, [id, email])
  }
})

/** Tokens are user ids here. */
function caller(token: string | undefined, adminEmails: readonly string[]) {
  const authenticate = async (userId: string) =>
    [ana, ben].includes(userId) ? ok({ userId, familyId: 'f', expiresAtMs: 0 }) : err('signed-out' as const)
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return whoCalls({ db: openQueries(database.pool), now: Date.now, authenticate, adminEmails, verifiesEmails: false }, {
    headers,
  } as FastifyRequest)
}

test("the server's administrators are the accounts that the configuration names, and nobody else", async () => {
  const isAdmin = async (id: string, emails: readonly string[]) => (await caller(id, emails))?.isInstanceAdmin
  expect(await isAdmin(ana, ['ana@example.org', 'gone@example.org'])).toBe(true)
  expect(await isAdmin(ben, ['ana@example.org'])).toBe(false)
  // Not even whoever came first.
  expect(await isAdmin(ana, [])).toBe(false)
})

test('a request without a token that holds is from nobody', async () => {
  expect([await caller(undefined, []), await caller('made-up', [])]).toEqual([null, null])
  expect(await caller(ana, [])).toMatchObject({ userId: ana, session: { familyId: 'f' }, apiKeyId: null })
})
