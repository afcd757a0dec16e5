import type { ChallengeDeps } from '../../auth/ways-in/challenges.ts'
import type { TokenPurpose } from '../../db/tables/account-mail.ts'

/** What a sample may use to prepare its request: a party, and its owner's hands. */
export interface SampleStage {
  /** A party with one member of every role. */
  readonly workspaceId: string
  /** The account that is a guest there: quests assigned to it are what it sees. */
  readonly guestId: string
  /** Sends a request as the party's owner and answers its JSON; fails when it is refused. */
  readonly asOwner: (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>
  /** A new account, signed in as a program. */
  readonly register: () => Promise<NewAccount>
  /** The token of a mail to a new account. */
  readonly mailedToken: (purpose: TokenPurpose) => Promise<string>
  /** What steps of a sign-in that no request prepares are made with. */
  readonly steps: ChallengeDeps
  /** Ends the current epoch of the party's document, and answers its number. */
  readonly endEpoch: () => Promise<number>
  /** Sends a request with a token and answers its JSON; fails when it is refused. */
  readonly as: (token: string, method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>
}

interface NewAccount {
  readonly userId: string
  readonly email: string
  readonly password: string
  readonly accessToken: string
  readonly refreshToken: string
}

/** A request everybody with the right to it is answered with success. */
export interface SampleRequest {
  readonly path: string
  readonly body?: unknown
}

/** `token` is that of who tries it; absent where nobody is signed in. */
export type Sample = (stage: SampleStage, token?: string) => SampleRequest | Promise<SampleRequest>
