import { type CryptoKey, exportJWK, exportPKCS8, generateKeyPair, importJWK, importPKCS8, type JWK } from 'jose'
import { sql } from 'kysely'
import { ulid } from 'ulidx'
import { z } from 'zod'
import type { Database } from '../db/tables.ts'
import { StartError } from '../process/start-error.ts'
import { decrypt, encrypt } from './key-encryption.ts'

/** A key pair of the published set. */
export interface SigningKey {
  readonly kid: string
  readonly activeFromMs: number
  readonly publicJwk: JWK
  readonly publicKey: CryptoKey
  readonly privateKey: CryptoKey
}

export interface SigningKeysDeps {
  readonly db: Database
  readonly now: () => number
  readonly secretKey: Buffer | undefined
  /** How long one key signs before the next takes over. */
  readonly keyLifeMs: number
  /** An outgoing key stays published this long: every token it signed has ended by then. */
  readonly tokenLifeMs: number
}

/** A successor is published this long before it signs; longer than any node takes to notice it. */
export const PUBLISHED_BEFORE_USE_MS = 60 * 60 * 1000
const CLOCK_SKEW_MS = 60_000
const KEYS_LOCK = 7_101_003

const publicJwk = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() })

/**
 * Makes, hands over and drops keys as their time comes, then answers the set, oldest first. All nodes may call it
 * at any time: they take turns, and agree because the set lives in the database.
 */
export async function rotateSigningKeys(deps: SigningKeysDeps): Promise<readonly SigningKey[]> {
  return deps.db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${KEYS_LOCK})`.execute(transaction)
    const stored = await transaction.selectFrom('signing_keys').selectAll().orderBy('active_from').execute()
    const now = deps.now()
    const fates = planRotation(
      stored.map((row) => ({ kid: row.kid, activeFromMs: row.active_from.getTime() })),
      now,
      deps,
    )
    const kept: SigningKey[] = []
    for (const row of stored) {
      if (fates.drop.has(row.kid)) {
        await transaction.deleteFrom('signing_keys').where('kid', '=', row.kid).execute()
        continue
      }
      kept.push(await openKey(transaction, row, deps.secretKey))
    }
    if (fates.createActiveFromMs !== undefined) {
      kept.push(await createKey(transaction, fates.createActiveFromMs, deps.secretKey))
    }
    return kept
  })
}

/** What rotation would do with a set of keys, oldest first; decided without touching anything. */
export function planRotation(
  keys: readonly { readonly kid: string; readonly activeFromMs: number }[],
  now: number,
  lives: { readonly keyLifeMs: number; readonly tokenLifeMs: number },
): { readonly drop: ReadonlySet<string>; readonly createActiveFromMs: number | undefined } {
  const drop = new Set<string>()
  for (const [index, key] of keys.entries()) {
    const successor = keys[index + 1]
    if (successor !== undefined && successor.activeFromMs + lives.tokenLifeMs + CLOCK_SKEW_MS < now) drop.add(key.kid)
  }
  const newest = keys.at(-1)
  if (newest === undefined) return { drop, createActiveFromMs: now }
  const handover = newest.activeFromMs + lives.keyLifeMs
  const due = handover - PUBLISHED_BEFORE_USE_MS <= now
  return { drop, createActiveFromMs: due ? Math.max(handover, now + PUBLISHED_BEFORE_USE_MS) : undefined }
}

async function createKey(db: Database, activeFromMs: number, secretKey: Buffer | undefined): Promise<SigningKey> {
  const kid = ulid(activeFromMs)
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const pkcs8 = Buffer.from(await exportPKCS8(pair.privateKey))
  const jwk = publicJwk.parse(await exportJWK(pair.publicKey))
  await db
    .insertInto('signing_keys')
    .values({
      kid,
      public_jwk: JSON.stringify(jwk),
      private_key: secretKey === undefined ? pkcs8 : encrypt(secretKey, pkcs8, kid),
      encrypted: secretKey !== undefined,
      active_from: new Date(activeFromMs),
    })
    .execute()
  return importKey(kid, activeFromMs, jwk, pkcs8)
}

async function openKey(
  db: Database,
  row: { kid: string; public_jwk: unknown; private_key: Buffer; encrypted: boolean; active_from: Date },
  secretKey: Buffer | undefined,
): Promise<SigningKey> {
  const pkcs8 = row.encrypted ? unseal(row.kid, row.private_key, secretKey) : row.private_key
  if (!row.encrypted && secretKey !== undefined) {
    await db
      .updateTable('signing_keys')
      .set({ private_key: encrypt(secretKey, pkcs8, row.kid), encrypted: true })
      .where('kid', '=', row.kid)
      .execute()
  }
  return importKey(row.kid, row.active_from.getTime(), publicJwk.parse(row.public_jwk), pkcs8)
}

function unseal(kid: string, sealed: Buffer, secretKey: Buffer | undefined): Buffer {
  if (secretKey === undefined) {
    throw new StartError('The signing keys in the database are encrypted: set QUESTLOG_SECRET_KEY.')
  }
  try {
    return decrypt(secretKey, sealed, kid)
  } catch (cause) {
    throw new StartError('QUESTLOG_SECRET_KEY is not the key the signing keys were encrypted with.', { cause })
  }
}

async function importKey(kid: string, activeFromMs: number, jwk: JWK, pkcs8: Buffer): Promise<SigningKey> {
  const published: JWK = { ...jwk, kid, alg: 'EdDSA', use: 'sig' }
  const publicKey = await importJWK(published, 'EdDSA')
  if (publicKey instanceof Uint8Array) throw new Error(`signing key ${kid} is symmetric`)
  const privateKey = await importPKCS8(pkcs8.toString(), 'EdDSA')
  return { kid, activeFromMs, publicJwk: published, publicKey, privateKey }
}
