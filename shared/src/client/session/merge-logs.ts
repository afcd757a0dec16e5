import type { StoreApi } from 'zustand'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import type { Faults } from '../ports/faults.ts'
import type { Account } from '../rest/account.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import type { DeviceLog, Person } from './device-log.ts'
import { withDeviceDocument } from './device-log-list.ts'
import type { KeptApart } from './kept-apart.ts'
import { isSamePerson } from './log-standing.ts'
import { openErrorFrom } from './open-error.ts'
import type { MergeAnswer, Session, SessionState } from './session.ts'
import type { SessionFailure } from './session-failure.ts'

export interface MergeLogsDeps {
  readonly account: Pick<Account, 'workspaces'>
  readonly state: StoreApi<SessionState>
  readonly showLog: (log: Pick<DeviceLog, 'ref' | 'owner'>) => Promise<void>
  /** Opens a log that is not on screen, and that nobody sends meanwhile; it is closed again. */
  readonly openApart: (ref: WorkspaceRef, work: (log: Workspace) => Promise<void>) => Promise<void>
  readonly remove: (documentName: string) => Promise<void>
  readonly faults: Faults
  readonly keptApart: KeptApart
}

/** The part of the session about what becomes of logs that the account of the signed-in person does not have. */
export interface MergeLogs extends Pick<Session, 'mergeIn' | 'answerMergeOffer'> {
  /** Shows the account's own log. What becomes of a log that could join it is asked, unless it was answered. */
  showAccountLog(person: Person, answered?: MergeAnswer): Promise<Result<null, SessionFailure>>
}

/** Merges logs of this device into the account's own. A log is removed only once all of it is on disk in the other. */
export function createMergeLogs(deps: MergeLogsDeps): MergeLogs {
  const { account, state, showLog, openApart, remove, faults, keptApart } = deps
  const logOf = (documentName: string) => state.getState().logs.find(({ ref }) => ref.documentName === documentName)

  const personalOf = async (): Promise<Result<WorkspaceRef, SessionFailure>> => {
    const answer = await account.workspaces()
    if (!answer.ok) return answer
    const personal = answer.value.find(({ kind }) => kind === 'personal')
    return personal === undefined ? err({ kind: 'no-own-log' }) : ok(personal)
  }
  const showOwn = async (personal: WorkspaceRef, person: Person): Promise<Result<Workspace, SessionFailure>> => {
    await showLog({ ref: withDeviceDocument(state.getState().logs, personal), owner: person })
    const { workspace, openError } = state.getState()
    return workspace?.ref.id === personal.id ? ok(workspace) : err({ kind: 'not-opened', error: openError })
  }

  const mergeIn: Session['mergeIn'] = async (documentName) => {
    const { person } = state.getState()
    const log = logOf(documentName)
    if (log === undefined) return ok(null)
    if (person === null) return err({ kind: 'nobody' })
    const told = state.getState().workspaces?.find(({ kind }) => kind === 'personal')
    const personal = told === undefined ? await personalOf() : ok(told)
    if (!personal.ok) return personal
    const own = await showOwn(personal.value, person)
    if (!own.ok) return own
    if (log.ref.id === personal.value.id) return ok(null)
    if (own.value.state.getState().readOnly) return err({ kind: 'read-only' })
    try {
      await openApart(log.ref, async (other) => void (await own.value.mergeFrom(other)))
      // Of somebody else's log this was a copy: what they did not save is theirs to send.
      if (log.owner === null || isSamePerson(log.owner, person)) await remove(documentName)
      return ok(null)
    } catch (cause) {
      return err({ kind: 'not-opened', error: openErrorFrom(cause, faults) })
    }
  }

  return {
    mergeIn,
    async showAccountLog(person, answered) {
      const personal = await personalOf()
      if (!personal.ok) return personal
      const { id } = personal.value
      const before = state.getState().workspace
      const local = before === null ? undefined : logOf(before.ref.documentName)
      const isOther = local !== undefined && local.owner === null && local.ref.id !== id
      const isEmpty = before !== null && isEmptyLog(before)
      const own = await showOwn(personal.value, person)
      if (!own.ok) return own
      if (isOther && isEmpty) await remove(local.ref.documentName)
      if (isOther && !isEmpty && answered === 'keep-apart') keptApart.add(person, local.ref.id)
      const isApart = isOther && answered !== 'merge' && keptApart.has(person, local.ref.id)
      const isAsked = isOther && !isEmpty && !isApart
      const isMerged = isAsked && answered === 'merge' && (await mergeIn(local.ref.documentName)).ok
      const earlier = state.getState().logs.find(({ ref, owner }) => {
        const isEarlier = ref.kind === 'personal' && ref.id !== id && owner !== null && isSamePerson(owner, person)
        return isEarlier && !keptApart.has(person, ref.id)
      })
      const mergeOffer = isAsked && !isMerged ? local : earlier
      if (mergeOffer !== undefined) state.setState({ mergeOffer })
      return ok(null)
    },
    async answerMergeOffer(answer) {
      const offer = state.getState().mergeOffer
      const { person } = state.getState()
      if (answer === 'keep-apart' && offer !== null && person !== null) keptApart.add(person, offer.ref.id)
      const outcome = answer === 'merge' && offer !== null ? await mergeIn(offer.ref.documentName) : ok(null)
      if (outcome.ok) state.setState({ mergeOffer: null })
      return outcome
    },
  }
}

/** Nothing in it to offer for merging: no quest, not even in the Trash, and no project. */
function isEmptyLog({ projection }: Workspace): boolean {
  const isListEmpty = (kind: 'all' | 'trash') => projection.list({ kind }).length === 0
  return isListEmpty('all') && isListEmpty('trash') && projection.projects().length === 0
}
