import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { openQueries } from '../db/tables.ts'
import { StartError } from '../process/start-error.ts'
import { useDatabase } from '../testing/use-database.ts'
import { PUBLISHED_BEFORE_USE_MS, planRotation, rotateSigningKeys, type SigningKeysDeps } from './signing-keys.ts'

const DAY = 24 * 60 * 60 * 1000
const TOKEN_LIFE = 15 * 60 * 1000
const START = Date.parse('2026-03-01T12:00:00Z')

const database = useDatabase()
let clock: { now: number }

beforeEach(() => {
  clock = { now: START }
})

const deps = (secretKey?: Buffer): SigningKeysDeps => ({
  db: openQueries(database.pool),
  now: () => clock.now,
  secretKey,
  keyLifeMs: 30 * DAY,
  tokenLifeMs: TOKEN_LIFE,
})

test('nodes that start together agree on one key', async () => {
  const sets = await Promise.all([1, 2, 3].map(() => rotateSigningKeys(deps())))
  expect(new Set(sets.flat().map((key) => key.kid)).size).toBe(1)
})

test('a successor is published before it signs, and the old key is dropped when its last token has ended', async () => {
  const [first] = await rotateSigningKeys(deps())
  clock.now = START + 30 * DAY - PUBLISHED_BEFORE_USE_MS
  const both = await rotateSigningKeys(deps())
  expect(both.map((key) => key.activeFromMs)).toEqual([START, START + 30 * DAY])
  clock.now = START + 30 * DAY + TOKEN_LIFE
  expect((await rotateSigningKeys(deps())).map((key) => key.kid)).toEqual(both.map((key) => key.kid))
  clock.now += 61_000
  expect((await rotateSigningKeys(deps())).map((key) => key.kid)).not.toContain(first?.kid)
})

test('a server that slept through the handover still publishes the successor first', () => {
  const plan = planRotation([{ kid: 'old', activeFromMs: START }], START + 100 * DAY, deps())
  expect(plan).toEqual({ drop: new Set(), createActiveFromMs: START + 100 * DAY + PUBLISHED_BEFORE_USE_MS })
})

test('with a secret key private keys rest encrypted, those stored before included', async () => {
  await rotateSigningKeys(deps())
  const secret = randomBytes(32)
  const [key] = await rotateSigningKeys(deps(secret))
  const { rows } = await database.pool.query<{ encrypted: boolean; private_key: Buffer }>('select * from signing_keys')
  expect(rows.map((row) => [row.encrypted, row.private_key.includes('PRIVATE KEY')])).toEqual([[true, false]])
  expect((await rotateSigningKeys(deps(secret)))[0]?.kid).toBe(key?.kid)
})

test('a key made under a secret key rests encrypted from the start, and opens with it again', async () => {
  const secret = randomBytes(32)
  const [made] = await rotateSigningKeys(deps(secret))
  const { rows } = await database.pool.query<{ encrypted: boolean; private_key: Buffer }>('select * from signing_keys')
  expect(rows.map((row) => [row.encrypted, row.private_key.includes('PRIVATE KEY')])).toEqual([[true, false]])
  expect((await rotateSigningKeys(deps(secret))).map((key) => key.kid)).toEqual([made?.kid])
})

test('without the right secret key the server says so instead of making new keys', async () => {
  await rotateSigningKeys(deps(randomBytes(32)))
  await expect(rotateSigningKeys(deps())).rejects.toThrow(StartError)
  await expect(rotateSigningKeys(deps(randomBytes(32)))).rejects.toThrow('QUESTLOG_SECRET_KEY is not the key')
})
