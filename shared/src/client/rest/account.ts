import type { z } from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { WorkspaceId } from '../../domain/kernel/ids.ts'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import type { SessionUser } from '../../protocol/auth.ts'
import type { WorkspaceResponse } from '../../protocol/workspaces.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import {
  type AccountDeps,
  type AccountState,
  createAccountSession,
  sessionAnswer,
  UnreachableError,
} from './account-session.ts'
import { type RequestError, type RestRequest, sendRequest } from './rest-request.ts'

export interface Registration {
  readonly email: string
  readonly password: string
  readonly displayName: string
  /** The workspace made offline, which becomes the account's personal one. */
  readonly workspaceId?: WorkspaceId
}

/** `signed-out`: there is no session. The rest is the server's answer, or that there was none. */
export type AccountError = RequestError | { readonly kind: 'signed-out' }

/** The account on this device, over REST. The refresh token stays in an httpOnly cookie, unseen. */
export interface Account {
  readonly state: StoreApi<AccountState>
  register(registration: Registration): Promise<Result<SessionUser, AccountError>>
  login(credentials: { readonly email: string; readonly password: string }): Promise<Result<SessionUser, AccountError>>
  /** Takes over a session that was opened outside of the app, whose refresh cookie is there. */
  resume(): Promise<Result<SessionUser, AccountError>>
  /** Signs in by another way: `path` is one whose answer is a session. */
  signIn(path: string, body: object): Promise<Result<SessionUser, AccountError>>
  /** Signed out on this device at once; a server that cannot be reached is told later. */
  logout(): Promise<void>
  /**
   * A token good for a while, null when signed out; renewed before it ends, one renewal at a time. Rejects with an
   * `UnreachableError` while the server cannot be reached: offline is not signed out. `rejected` is not given again.
   */
  accessToken(rejected?: string): Promise<string | null>
  /** Sends a request as the signed-in person; a token that is refused is renewed once. */
  send<Schema extends z.ZodType>(request: RestRequest<Schema>): Promise<Result<z.infer<Schema>, AccountError>>
  /** Takes over what the server says of the signed-in user now. */
  adopt(user: SessionUser): void
  workspaces(): Promise<Result<readonly WorkspaceRef[], AccountError>>
  /** Makes a workspace that began on this device one of the account's. */
  claimWorkspace(ref: Pick<WorkspaceRef, 'id' | 'name' | 'kind'>): Promise<Result<WorkspaceRef, AccountError>>
}

/** Starts from what the device remembers, without a request. */
export function createAccount(deps: AccountDeps): Account {
  const state = createStore<AccountState>(() => ({ kind: 'unknown' }))
  const session = createAccountSession(deps, (next) => state.setState(next, true))

  const openSession = async (path: string, body: unknown): Promise<Result<SessionUser, AccountError>> => {
    const answer = await sendRequest(deps, { method: 'POST', path, body, answer: sessionAnswer })
    if (!answer.ok) return answer
    session.open(answer.value)
    return ok(answer.value.user)
  }

  const sendSigned = async <Schema extends z.ZodType>(
    request: RestRequest<Schema>,
  ): Promise<Result<z.infer<Schema>, AccountError>> => {
    let rejected: string | undefined
    for (;;) {
      const token = await tokenOr(session.accessToken(rejected))
      if (typeof token !== 'string') return err(token)
      const answer = await sendRequest(deps, { ...request, token })
      const isRejected = !answer.ok && answer.error.kind === 'problem' && answer.error.problem.code === 'signed-out'
      if (!isRejected) return answer
      if (rejected !== undefined) return err({ kind: 'signed-out' })
      rejected = token
    }
  }

  return {
    state,
    register: (registration) => openSession('/auth/register', registration),
    login: (credentials) => openSession('/auth/login', credentials),
    resume() {
      // The cookie may be used once only, and this device may still believe that somebody is signed in.
      const exclusively = deps.exclusively ?? ((task) => task())
      return exclusively(() => openSession('/auth/refresh', {}))
    },
    signIn: openSession,
    logout: session.end,
    adopt: session.adopt,
    accessToken: session.accessToken,
    send: sendSigned,
    async workspaces() {
      const answer = await sendSigned({ method: 'GET', path: '/workspaces', answer: workspaceListAnswer })
      return answer.ok ? ok(answer.value.items.map(refFrom)) : answer
    },
    async claimWorkspace({ id, name, kind }) {
      const body = { id, name, kind }
      const answer = await sendSigned({ method: 'POST', path: '/workspaces', body, answer: workspaceAnswer })
      return answer.ok ? ok(refFrom(answer.value)) : answer
    },
  }
}

/** The schema of a workspace, fetched when it is needed. */
export const workspaceAnswer = async () => (await import('../../protocol/workspaces.ts')).workspaceSchema
const workspaceListAnswer = async () => (await import('../../protocol/workspaces.ts')).workspaceListSchema

async function tokenOr(asked: Promise<string | null>): Promise<string | AccountError> {
  try {
    return (await asked) ?? { kind: 'signed-out' }
  } catch (cause) {
    return cause instanceof UnreachableError ? cause.reason : { kind: 'unreachable' }
  }
}

/** A workspace as the server describes it, for this device to open. */
export function refFrom({ id, name, kind, role, document }: WorkspaceResponse): WorkspaceRef {
  return { id: id as WorkspaceId, name, kind, role, documentName: document }
}
