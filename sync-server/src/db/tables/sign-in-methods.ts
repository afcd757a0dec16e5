import type { Generated } from 'kysely'

/** What a step may be used for; a token of one purpose is unknown to every other. */
export type ChallengePurpose =
  | 'second-factor'
  | 'passkey-registration'
  | 'passkey-sign-in'
  | 'oidc-sign-in'
  | 'oidc-exchange'

/** Steps of a sign-in under way, by the SHA-256 of what its holder brings back. */
interface SignInChallengesTable {
  readonly hash: Buffer
  readonly purpose: ChallengePurpose
  /** Whose step it is, where that is known. */
  readonly user_id: string | null
  /** JSON; parsed where it is read. */
  readonly content: unknown
  readonly attempts: Generated<number>
  readonly expires_at: Date
}

interface TotpSecretsTable {
  readonly user_id: string
  readonly secret: Buffer
  readonly encrypted: boolean
  readonly created_at: Date
  /** Null while its first code was not shown yet; it protects nothing until then. */
  readonly confirmed_at: Date | null
  /** The newest time step a code was accepted for; older ones are worth nothing. */
  readonly last_step: number
}

/** Codes not used yet. */
interface RecoveryCodesTable {
  readonly user_id: string
  readonly hash: Buffer
}

interface PasskeysTable {
  readonly id: string
  readonly user_id: string
  readonly credential_id: Buffer
  /** The host it is bound to; null while that is not known: then it counts as one of this server's. */
  readonly rp_id: string | null
  /** COSE. */
  readonly public_key: Buffer
  /** A bigint, as text. */
  readonly counter: string
  /** JSON: what the browser may find it by. */
  readonly transports: unknown
  readonly name: string
  readonly backed_up: boolean
  readonly created_at: Date
  readonly last_used_at: Date | null
}

/** Accounts at OpenID providers that sign in to accounts here. */
interface IdentitiesTable {
  readonly issuer: string
  readonly subject: string
  /** The id the provider had in the configuration. */
  readonly provider: string
  readonly user_id: string
  /** What the provider said when it was linked; shown, never trusted. */
  readonly email: string | null
  readonly created_at: Date
}

export interface SignInMethodTables {
  readonly sign_in_challenges: SignInChallengesTable
  readonly totp_secrets: TotpSecretsTable
  readonly recovery_codes: RecoveryCodesTable
  readonly passkeys: PasskeysTable
  readonly identities: IdentitiesTable
}
