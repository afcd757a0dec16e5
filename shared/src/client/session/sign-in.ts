import type { StoreApi } from 'zustand/vanilla'
import { ok } from '../../domain/kernel/result.ts'
import type { Account } from '../rest/account.ts'
import type { MergeLogs } from './merge-logs.ts'
import type { RemovedLogs } from './removed-logs.ts'
import type { Session, SessionState } from './session.ts'
import type { ShownLog } from './shown-log.ts'

export interface SignInDeps {
  readonly account: Pick<Account, 'register' | 'login' | 'logout'>
  readonly state: StoreApi<SessionState>
  readonly shown: Pick<ShownLog, 'show' | 'stopSync'>
  readonly showAccountLog: MergeLogs['showAccountLog']
  readonly removeLogsOf: RemovedLogs['removeLogsOf']
}

/** The part of the session about who is signed in. */
export type SignIn = Pick<Session, 'signUp' | 'signIn' | 'signInBy' | 'signOut'>

/** Signs people in and out, and shows the log that is theirs. */
export function createSignIn({ account, state, shown, showAccountLog, removeLogsOf }: SignInDeps): SignIn {
  const signInBy: Session['signInBy'] = async (asked, localLog) => {
    const answer = await asked
    return answer.ok ? showAccountLog(answer.value, localLog) : answer
  }
  return {
    signInBy,
    signIn: (input) => signInBy(account.login(input)),
    async signUp({ claimsLocalLog, ...input }) {
      const { workspace, logs } = state.getState()
      const local = logs.find(({ ref }) => ref.documentName === workspace?.ref.documentName)
      const claimed = claimsLocalLog && local?.owner === null ? local.ref : null
      const answer = await account.register(claimed === null ? input : { ...input, workspaceId: claimed.id })
      if (!answer.ok) return answer
      if (claimed === null) return showAccountLog(answer.value, 'keep-apart')
      await shown.show({ ref: claimed, owner: answer.value })
      return ok(null)
    },
    async signOut(data) {
      const { person } = state.getState()
      shown.stopSync()
      // Whoever logs out may leave before the server, which can be away, has answered.
      const told = account.logout()
      if (data === 'remove' && person !== null) await removeLogsOf(person.id)
      await told
    },
  }
}
