import { createStore } from 'zustand/vanilla'
import { ok } from '../../domain/kernel/result.ts'
import type { Account } from '../rest/account.ts'
import type { AccountState } from '../rest/account-session.ts'
import { createSession, type SessionDeps } from '../session/create-session.ts'
import type { DeviceLogs } from '../session/device-log-list.ts'
import { openDeviceLogMemory } from '../session/device-log-memory.ts'
import { makeDevice } from './devices.ts'
import { memoryCoordination } from './memory-coordination.ts'
import { memoryDocuments } from './memory-documents.ts'
import { memoryKeyValues } from './memory-key-value.ts'

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
    connect: () => () => {},
    syncUrl: '',
    memory: memoryKeyValues().open(),
    windowMemory: memoryKeyValues().open(),
    storage: { isKept: Promise.resolve(true), report: async () => noReport },
    coordination: memoryCoordination(),
    documents: memoryDocuments(),
    faults: { isOfStorage: () => false, report: () => {} },
    onForget: () => {},
    ...deps,
  })
  await session.start()
  return session
}

const noReport = { persistent: true, usageBytes: null, quotaBytes: null }

/** An account that Ana is signed in to. */
export function signedInAsAna(): Pick<Account, 'state'> {
  return { state: createStore<AccountState>(() => ({ kind: 'signed-in', user: ana })) }
}

/** Changes what a device remembers of its logs, as another window would. */
export function changeLogs(memory: SessionDeps['memory'], change: (logs: DeviceLogs) => DeviceLogs): DeviceLogs {
  return openDeviceLogMemory({ memory, coordination: memoryCoordination(), documents: memoryDocuments() }).change(
    change,
  )
}
