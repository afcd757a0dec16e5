import type { Database } from '../../db/tables.ts'
import { StartError } from '../../process/start-error.ts'
import { decrypt, encrypt } from '../key-encryption.ts'

interface StoredSecret {
  readonly user_id: string
  readonly secret: Buffer
  readonly encrypted: boolean
}

/** A secret as it is stored: encrypted where the server has a key, and then bound to its account. */
export function sealSecret(
  secretKey: Buffer | undefined,
  userId: string,
  secret: Buffer,
): { readonly secret: Buffer; readonly encrypted: boolean } {
  if (secretKey === undefined) return { secret, encrypted: false }
  return { secret: encrypt(secretKey, secret, contextOf(userId)), encrypted: true }
}

/** The stored secret in the clear; throws where the server has not the key it was encrypted with. */
export function openSecret(secretKey: Buffer | undefined, stored: StoredSecret): Buffer {
  if (!stored.encrypted) return stored.secret
  if (secretKey === undefined) throw new Error('a TOTP secret is encrypted and there is no key')
  return decrypt(secretKey, stored.secret, contextOf(stored.user_id))
}

/**
 * Encrypts at start the secrets stored before there was a key, and refuses to start with a key that is missing or is
 * not theirs: everybody with a second factor would be locked out.
 */
export async function encryptStoredSecrets(db: Database, secretKey: Buffer | undefined): Promise<void> {
  await requireKey(db, secretKey)
  if (secretKey === undefined) return
  const plain = await db.selectFrom('totp_secrets').selectAll().where('encrypted', '=', false).execute()
  for (const stored of plain) {
    await db
      .updateTable('totp_secrets')
      .set(sealSecret(secretKey, stored.user_id, stored.secret))
      .where('user_id', '=', stored.user_id)
      // Another server may have been faster, or the person may have begun again.
      .where('secret', '=', stored.secret)
      .execute()
  }
}

async function requireKey(db: Database, secretKey: Buffer | undefined): Promise<void> {
  const sample = await db
    .selectFrom('totp_secrets')
    .selectAll()
    .where('encrypted', '=', true)
    .limit(1)
    .executeTakeFirst()
  if (sample === undefined) return
  try {
    openSecret(secretKey, sample)
  } catch (cause) {
    throw new StartError('QUESTLOG_SECRET_KEY is not the key the second factors were encrypted with.', { cause })
  }
}

function contextOf(userId: string): string {
  return `totp:${userId}`
}
