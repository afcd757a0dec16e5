import type { Database } from '../../db/tables.ts'

/**
 * Takes every way into an account away but its password: for whoever proves to own the address of an account that
 * somebody else may have made, and prepared to come back to (Sudhodanan and Paverd, "Pre-hijacked accounts", 2022).
 */
export async function forgetOtherMethods(transaction: Database, userId: string): Promise<void> {
  for (const table of ['passkeys', 'identities', 'totp_secrets', 'recovery_codes', 'sign_in_challenges'] as const) {
    await transaction.deleteFrom(table).where('user_id', '=', userId).execute()
  }
}
