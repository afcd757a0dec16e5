/** What a mailed token is good for. */
export type TokenPurpose = 'verify-email' | 'change-email' | 'reset-password'

/** Tokens sent by mail that were not used yet. */
interface AccountTokensTable {
  /** SHA-256 of the token. */
  readonly hash: Buffer
  readonly user_id: string
  readonly purpose: TokenPurpose
  /** The address it was sent to. */
  readonly email: string
  readonly created_at: Date
  readonly expires_at: Date
}

/** Sign-ins that failed, by what they are counted against. */
interface SignInAttemptsTable {
  readonly key: Buffer
  readonly failures: number
  readonly last_at: Date
  /** Before this the next attempt is refused. */
  readonly next_at: Date
}

/** Secrets that every server of a database shares, by what they are for. */
interface SharedSecretsTable {
  readonly name: string
  readonly value: Buffer
}

export interface AccountTables {
  readonly shared_secrets: SharedSecretsTable
  readonly account_tokens: AccountTokensTable
  readonly sign_in_attempts: SignInAttemptsTable
}
