import { afterAll, beforeAll, expect, test } from 'vitest'
import { openQueries } from '../../db/tables.ts'
import { mailSettings, startMailServer, type TestMailServer } from '../../testing/mail-server.ts'
import { startTestServer, type TestServer } from '../../testing/server.ts'
import { issueToken } from '../account-tokens.ts'
import { newAccount } from '../sign-in-methods/testing/account-client.ts'

let mailServer: TestMailServer
let server: TestServer
beforeAll(async () => {
  mailServer = await startMailServer()
  server = await startTestServer(mailSettings(mailServer))
})
afterAll(async () => {
  await server.stop()
  await mailServer.stop()
})

async function methodsAfterReset(isVerified: boolean): Promise<readonly unknown[]> {
  const { userId, email } = await newAccount(server)
  const { pool } = server.database
  if (isVerified) await pool.query('update users set email_verified_at = now() where id = $1', [userId])
  await pool.query("insert into identities values ('https://acme.example', $1, 'acme', $1, null, now())", [userId])
  await pool.query("insert into totp_secrets values ($1, '\\x00', false, now(), now(), 0)", [userId])
  await pool.query("insert into recovery_codes values ($1, '\\x00')", [userId])
  await pool.query(
    `insert into passkeys values ('01ARZ3NDEKTSV4RRFFQ69G5F' || $2, $1::text, convert_to($1::text, 'UTF8'), '\\x00', 0, '[]', 'Key', false, now())`,
    [userId, isVerified ? 'AA' : 'BB'],
  )
  const deps = { db: openQueries(pool), now: () => server.clock.now }
  const token = await issueToken(deps, { userId, purpose: 'reset-password', email })
  const reset = await server.post('/api/v1/auth/password/reset', { token, password: 'another horse' })
  expect(reset.status).toBe(204)
  const counts = ['passkeys', 'identities', 'totp_secrets', 'recovery_codes'].map(async (table) => {
    const { rowCount } = await pool.query(`select from ${table} where user_id = $1`, [userId])
    return rowCount
  })
  return Promise.all(counts)
}

test('who first proves to own an address takes away whatever was prepared to get into its account', async () => {
  expect(await methodsAfterReset(false)).toEqual([0, 0, 0, 0])
})

test('a forgotten password of a verified account leaves its other ways to sign in as they are', async () => {
  expect(await methodsAfterReset(true)).toEqual([1, 1, 1, 1])
})
