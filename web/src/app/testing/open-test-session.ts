import type { Account } from '@questlog/shared/client/rest/account'
import type { AccountState } from '@questlog/shared/client/rest/account-session'
import { makeDevice } from '@questlog/shared/client/testing/devices'
import { ok } from '@questlog/shared/domain/kernel/result'
import { createStore } from 'zustand/vanilla'
import { createSession, type SessionDeps } from '../create-session.ts'

export const ana = { id: 'ana', email: 'ana@example.org', displayName: 'Ana', emailVerified: true }

interface TestSessionDeps extends Partial<Omit<SessionDeps, 'account' | 'rest'>> {
  /** What the account answers to what the test does; nobody is signed in unless its state says so. */
  readonly account?: Partial<Account>
}

/** Starts a session on a device of its own, without a server; what the test is about comes in `deps`. */
export async function openTestSession({ account, ...deps }: TestSessionDeps = {}) {
  const device = makeDevice()
  const signedOut = createStore<AccountState>(() => ({ kind: 'signed-out' }))
  const session = createSession({
    // All else of an account and of REST would need a server.
    account: { state: signedOut, ...account } as Account,
    rest: { parties: { members: async () => ok([]) } } as unknown as SessionDeps['rest'],
    open: (ref) => device.open(ref),
    removeStore: async () => {},
    connect: () => () => {},
    isSocketFree: async () => true,
    documents: async () => [],
    syncUrl: '',
    ...deps,
  })
  await session.start()
  return session
}

/** An account that Ana is signed in to. */
export function signedInAsAna(): Pick<Account, 'state'> {
  return { state: createStore<AccountState>(() => ({ kind: 'signed-in', user: ana })) }
}
