import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../../db/tables.ts'

const CODES = 10
/** Crockford's base32: without letters that look like digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHARACTERS = 16

/** Replaces an account's recovery codes; the answer is the only time they are seen. */
export async function renewRecoveryCodes(transaction: Database, userId: string): Promise<readonly string[]> {
  const codes = Array.from({ length: CODES }, newCode)
  await transaction.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  await transaction
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ user_id: userId, hash: hashOf(code) })))
    .execute()
  return codes
}

/** Uses a code up; false for one that is wrong or was used. */
export async function useRecoveryCode(transaction: Database, userId: string, typed: string): Promise<boolean> {
  const used = await transaction
    .deleteFrom('recovery_codes')
    .where('user_id', '=', userId)
    .where('hash', '=', hashOf(typed))
    .executeTakeFirst()
  return used.numDeletedRows === 1n
}

/** 80 random bits, so that a plain hash keeps them: there is nothing to guess from a stolen table. */
function newCode(): string {
  const letters = Array.from(randomBytes(CHARACTERS), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
  return letters.replaceAll(/(....)(?=.)/g, '$1-')
}

function hashOf(code: string): Buffer {
  const spelled = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return createHash('sha256').update(spelled).digest()
}
