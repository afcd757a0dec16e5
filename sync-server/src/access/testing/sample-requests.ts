import type { ChallengeDeps } from '../../auth/ways-in/challenges.ts'
import type { TokenPurpose } from '../../db/tables/account-mail.ts'
import { accountSamples } from './account-samples.ts'
import { ownAccountSamples } from './own-account-samples.ts'
import { partySamples } from './party-samples.ts'
import { questSamples } from './quest-samples.ts'
import { recordSamples } from './record-samples.ts'
import { signInSamples } from './sign-in-samples.ts'

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

const at =
  (path: string, body?: unknown): Sample =>
  () => ({ path, body })

/**
 * One valid request for each rule of the access table, made afresh for everybody who tries it. Where a rule is about a
 * workspace, the request names the stage's party or a record in it.
 */
export const sampleRequests: Readonly<Record<string, Sample>> = {
  'GET /api/v1/openapi.json': at('/api/v1/openapi.json'),

  'POST /api/v1/auth/register': () => ({
    path: '/api/v1/auth/register',
    body: { email: `${crypto.randomUUID()}@example.org`, password: 'correct horse', displayName: 'Eve' },
  }),
  'POST /api/v1/auth/login': async ({ register }) => {
    const { email, password } = await register()
    return { path: '/api/v1/auth/login', body: { email, password, client: 'native' } }
  },
  'POST /api/v1/auth/refresh': async ({ register }) => {
    const { refreshToken } = await register()
    return { path: '/api/v1/auth/refresh', body: { refreshToken } }
  },
  'POST /api/v1/auth/logout': async ({ register }) => {
    const { refreshToken } = await register()
    return { path: '/api/v1/auth/logout', body: { refreshToken } }
  },
  'GET /api/v1/auth/keys': at('/api/v1/auth/keys'),

  'GET /api/v1/workspaces': at('/api/v1/workspaces'),
  'POST /api/v1/workspaces': at('/api/v1/workspaces', { name: 'Friends', kind: 'party' }),
  ...signInSamples,
  ...partySamples,
  ...accountSamples,
  ...ownAccountSamples,
  ...questSamples,
  ...recordSamples,
}
