import { isBoolean, isEither, isMissingOr, isOneOf, isShape, isString } from '../../domain/kernel/value-shape.ts'
import type { SessionResponse, SessionUser } from '../../protocol/auth.ts'
import { platformTimers, type Timers } from '../ports/timers.ts'
import { anyAnswer, type RequestError, type RestServer, sendRequest } from './rest-request.ts'

/** Who is signed in, as far as this device knows. `unknown` until the first word of the server or of memory. */
export type AccountState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'signed-in'; readonly user: SessionUser }

/** Keeps a small JSON value over restarts, so that a start without the network knows who is signed in. No secrets. */
export interface AccountMemory {
  read(): unknown
  write(value: unknown): void
}

export interface AccountDeps extends RestServer {
  /** Milliseconds; only differences count. */
  readonly now: () => number
  readonly memory?: AccountMemory
  /**
   * Runs one task at a time among all tabs that share the refresh cookie (Web Locks, in a browser): a refresh
   * token used twice ends the session.
   */
  readonly exclusively?: <Value>(task: () => Promise<Value>) => Promise<Value>
  /** The platform's own unless given. */
  readonly timers?: Timers
}

/** Fetched when it is needed: the first paint needs no schemas. */
export const sessionAnswer = async () => (await import('../../protocol/auth.ts')).sessionResponseSchema

/** The server could not be reached, did not answer as Questlog, or would not now: nothing is known about the session. */
export class UnreachableError extends Error {
  /** What it said, should it have answered. */
  readonly reason: RequestError

  constructor(reason: RequestError) {
    super('The server cannot be reached.')
    this.name = 'UnreachableError'
    this.reason = reason
  }
}

type Remembered =
  | { readonly kind: 'signed-in'; readonly user: SessionUser }
  /** Signed out here, while the server could not be told. */
  | { readonly kind: 'signing-out' }

const isRemembered = isEither(
  isShape({
    kind: isOneOf(['signed-in']),
    user: isShape({ id: isString, email: isString, displayName: isString, emailVerified: isMissingOr(isBoolean) }),
  }),
  isShape({ kind: isOneOf(['signing-out']) }),
)

function recall(memory: AccountMemory | undefined): Remembered | null {
  const value = memory?.read()
  if (!isRemembered(value)) return null
  return 'user' in value
    ? { kind: 'signed-in', user: { ...value.user, emailVerified: value.user.emailVerified ?? false } }
    : value
}

/**
 * How long anybody waits for a token. The request itself has no limit: the server may have taken the refresh token by
 * then, and its successor is in an answer that a limit would throw away. Whoever came with the old one later than the
 * grace period would be signed out. So the answer is still taken when it comes.
 */
const LONGEST_WAIT_MS = 15_000

/** An access token is renewed before it has less than this, or than a third of its life, left. */
const RENEW_BEFORE_MS = 90_000

interface HeldToken {
  readonly token: string
  readonly renewAt: number
  readonly endsAt: number
}

/** The session of one account: its tokens, and what this device remembers of it. */
export interface AccountSession {
  /** Takes a session the server has just opened. */
  open(response: SessionResponse): void
  /** Takes over what the server says of the signed-in user now; nothing where nobody, or somebody else, is signed in. */
  adopt(user: SessionUser): void
  /** Forgets the session now, and tells the server now or as soon as it can be reached. */
  end(): Promise<void>
  /** A token good for a while, null when signed out. Rejects with `UnreachableError`. `rejected` is not given again. */
  accessToken(rejected?: string): Promise<string | null>
}

/** Starts from memory; `onState` hears every change, the first included. */
export function createAccountSession(deps: AccountDeps, onState: (state: AccountState) => void): AccountSession {
  const exclusively = deps.exclusively ?? ((task) => task())
  const timers = deps.timers ?? platformTimers
  let held: HeldToken | null = null
  let renewing: Promise<string | null> | null = null
  // Counts sessions opened and ended, so that a late answer about a former one changes nothing.
  let generation = 0
  let isSignedOut = false
  let userId: string | null = null

  const open = ({ user, accessToken, expiresIn }: SessionResponse) => {
    const lifeMs = expiresIn * 1000
    const endsAt = deps.now() + lifeMs
    held = { token: accessToken, endsAt, renewAt: endsAt - Math.min(RENEW_BEFORE_MS, lifeMs / 3) }
    generation += 1
    isSignedOut = false
    userId = user.id
    deps.memory?.write({ kind: 'signed-in', user })
    onState({ kind: 'signed-in', user })
  }

  const forget = (next: Remembered | null) => {
    held = null
    generation += 1
    isSignedOut = true
    userId = null
    deps.memory?.write(next)
    onState({ kind: 'signed-out' })
  }

  const tellServer = async () => {
    const thisGeneration = generation
    const answer = await sendRequest(deps, { method: 'POST', path: '/auth/logout', body: {}, answer: anyAnswer })
    const isTold = answer.ok || answer.error.kind === 'problem'
    if (isTold && thisGeneration === generation) deps.memory?.write(null)
  }

  const isSigningOut = () => recall(deps.memory)?.kind === 'signing-out'

  const renew = async (): Promise<string | null> => {
    const thisGeneration = generation
    const answer = await sendRequest(deps, {
      method: 'POST',
      path: '/auth/refresh',
      body: {},
      answer: sessionAnswer,
    })
    if (thisGeneration !== generation) return held?.token ?? null
    if (answer.ok) {
      open(answer.value)
      return answer.value.accessToken
    }
    if (answer.error.kind === 'problem' && answer.error.problem.code === 'signed-out') {
      forget(null)
      return null
    }
    if (held !== null && deps.now() < held.endsAt) return held.token
    throw new UnreachableError(answer.error)
  }

  const withinLimit = (token: Promise<string | null>): Promise<string | null> =>
    new Promise((resolve, reject) => {
      const giveUp = () => {
        if (held !== null && deps.now() < held.endsAt) resolve(held.token)
        else reject(new UnreachableError({ kind: 'unreachable' }))
      }
      const cancel = timers.after(LONGEST_WAIT_MS, giveUp)
      token.then(resolve, reject).finally(cancel)
    })

  const start = recall(deps.memory)
  isSignedOut = start?.kind === 'signing-out'
  if (start?.kind === 'signed-in') {
    userId = start.user.id
    onState(start)
  } else onState({ kind: isSignedOut ? 'signed-out' : 'unknown' })

  return {
    open,
    adopt(user) {
      if (userId !== user.id) return
      deps.memory?.write({ kind: 'signed-in', user })
      onState({ kind: 'signed-in', user })
    },
    async end() {
      forget({ kind: 'signing-out' })
      await exclusively(tellServer)
    },
    async accessToken(rejected) {
      if (isSignedOut) {
        if (isSigningOut()) await exclusively(tellServer)
        return null
      }
      if (held !== null && held.token === rejected) held = null
      if (held !== null && deps.now() < held.renewAt) return held.token
      renewing ??= exclusively(renew).finally(() => {
        renewing = null
      })
      return withinLimit(renewing)
    },
  }
}
