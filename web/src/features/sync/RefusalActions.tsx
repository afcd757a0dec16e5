import type { RefusalReason } from '@questlog/shared/client/sync/sync-status'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useTranslate } from '../../i18n/translate.ts'
import { accountFailureFrom } from '../../session/account-failure.ts'
import { useIsAhead, useSession, useSessionState, useWorkspaceName } from '../../session/session-context.ts'
import { useWorkspace, useWorkspaceState } from '../../session/workspace-context.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { goTo } from '../../ui/go-to.ts'
import { showToast } from '../../ui/toasts.ts'
import { assignedHref } from '../parties/assigned-href.ts'
import { useIsGuest } from '../parties/party-refusal.ts'
import { downloadExport } from './download-export.ts'
import { MergeLog } from './MergeLog.tsx'

type Action =
  | 'merge'
  | 'sign-in'
  | 'retry'
  | 'reload'
  | 'export'
  | 'set-aside'
  | 'remove'
  | 'fetch-again'
  | 'load-again'

/** What a person can do about each refusal, the likeliest first. Nothing written is lost by any of it. */
const actionsOf: { readonly [Reason in RefusalReason]: readonly Action[] } = {
  'signed-out': ['sign-in'],
  role: ['retry', 'export'],
  'not-found': ['merge', 'retry', 'export'],
  'too-large': ['set-aside', 'export', 'reload'],
  'workspace-full': ['reload', 'export'],
  malformed: ['export', 'reload'],
  'foreign-client-id': ['sign-in', 'load-again', 'export'],
  'entry-shape': ['set-aside', 'reload', 'export'],
  'unsafe-stamp': ['set-aside', 'retry', 'export'],
  removal: ['export', 'reload'],
  'old-epoch': ['retry', 'export'],
  'rate-limited': ['retry'],
  'old-client': ['reload', 'export'],
  'content-differs': ['load-again', 'export'],
}

/** In a party that is often for good: what was written is taken along, and the copy here removed or fetched again. */
const actionsInParty: { readonly [Reason in RefusalReason]?: readonly Action[] } = {
  role: ['export', 'fetch-again', 'retry'],
  'not-found': ['export', 'remove', 'retry'],
}

/** The buttons for a refusal. A new guest without unsaved changes is shown what is assigned to them instead. */
export function RefusalActions({ reason }: { readonly reason: RefusalReason }) {
  const workspace = useWorkspace()
  const isGuest = useIsGuest()
  useLeaveAsGuest(isGuest)
  // Asked again whenever their number changes.
  useWorkspaceState((state) => state.problems)
  const hasUnreadable = workspace.countUnreadable() > 0
  const isAhead = useIsAhead()
  if (isAhead && reason === 'not-found') return <AheadActions />
  const possible = (workspace.ref.kind === 'party' ? actionsInParty[reason] : undefined) ?? actionsOf[reason]
  const actions = possible.filter((action) => action !== 'set-aside' || hasUnreadable)
  return (
    <>
      {actions.map((action, index) => (
        <ActionButton key={action} action={action} className={index === 0 ? 'button button-primary' : 'button'} />
      ))}
      {isGuest ? <AssignedLink /> : null}
    </>
  )
}

/** For a log that is in a later document here than on a server that was put back. */
function AheadActions() {
  const t = useTranslate()
  const session = useSession()
  const [isBusy, setIsBusy] = useState(false)
  const bringBack = async () => {
    setIsBusy(true)
    const outcome = await session.bringBack()
    setIsBusy(false)
    if (outcome.ok) showToast({ tone: 'info', message: 'log.broughtBack' })
    else showToast({ tone: 'error', message: accountFailureFrom(outcome.error).message })
  }
  return (
    <>
      <button type="button" className="button button-primary" disabled={isBusy} onClick={() => void bringBack()}>
        {t('log.bringBack')}
      </button>
      <ActionButton action="export" className="button" />
    </>
  )
}

/** A guest's copy of a party is a thing of the past; it stays on this device until it is removed. */
function useLeaveAsGuest(isGuest: boolean): void {
  const session = useSession()
  const { ref } = useWorkspace()
  const name = useWorkspaceName()
  const hasUnsaved = useWorkspaceState(({ sync }) => 'unsavedChanges' in sync && sync.unsavedChanges > 0)
  useEffect(() => {
    if (!isGuest || hasUnsaved) return
    goTo(assignedHref(ref.id))
    void session.showOwn()
    showToast({ tone: 'info', message: 'party.nowGuest', values: { name } })
  }, [isGuest, hasUnsaved, session, ref, name])
}

function AssignedLink() {
  const t = useTranslate()
  const { ref } = useWorkspace()
  return (
    <Link href={assignedHref(ref.id)} className="button">
      {t('assigned.title')}
    </Link>
  )
}

function ActionButton({ action, className }: { readonly action: Action; readonly className: string }) {
  const t = useTranslate()
  const session = useSession()
  const workspace = useWorkspace()
  // Loading again starts the new version of the app, should one be ready.
  const applyUpdate = useSessionState((state) => state.applyUpdate)
  switch (action) {
    case 'merge':
      return <MergeShown />
    case 'sign-in':
      return (
        <Link href="/sign-in" className={className}>
          {t('account.signIn')}
        </Link>
      )
    case 'retry':
      return (
        <button type="button" className={className} onClick={session.retrySync}>
          {t('retry')}
        </button>
      )
    case 'reload':
      return (
        <button type="button" className={className} onClick={applyUpdate ?? (() => location.reload())}>
          {t('storage.reload')}
        </button>
      )
    case 'remove':
      return <RemoveButton />
    case 'fetch-again':
      return (
        <ConfirmButton
          label={t('party.fetchAgain')}
          question={t('party.fetchAgainQuestion')}
          onConfirm={() => void session.fetchShownAnew()}
        />
      )
    case 'load-again':
      return <LoadAgainButton className={className} />
    case 'set-aside':
      return <SetAsideButton className={className} />
    case 'export':
      return (
        <button type="button" className={className} onClick={() => downloadExport(workspace)}>
          {t('sync.export')}
        </button>
      )
  }
}

/** Merges the log on screen, which the server does not have, into the one it has of this person. */
function MergeShown() {
  const { ref } = useWorkspace()
  const log = useSessionState(({ logs }) => logs.find((known) => known.ref.documentName === ref.documentName))
  return log === undefined ? null : <MergeLog log={log} />
}

/** Removes a party's copy from this device, and goes back to the person's own log. */
function RemoveButton() {
  const t = useTranslate()
  const session = useSession()
  const name = useWorkspaceName()
  const remove = async () => {
    goTo('/')
    await session.removeShown()
    showToast({ tone: 'info', message: 'party.removedHere', values: { name } })
  }
  return (
    <ConfirmButton
      label={t('party.removeHere')}
      question={t('party.removeHereQuestion', { name })}
      onConfirm={() => void remove()}
    />
  )
}

/** Takes what cannot be read out of the log, at the person's word: this device keeps it, and the rest is sent. */
function SetAsideButton({ className }: { readonly className: string }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const [isBusy, setIsBusy] = useState(false)
  const setAside = async () => {
    setIsBusy(true)
    try {
      const count = await workspace.setAsideUnreadable()
      showToast({ tone: 'info', message: 'log.setAsideDone', values: { count } })
    } catch {
      // Nothing was removed; the store has said why through the workspace's state.
      showToast({ tone: 'error', message: 'storage.stillFailing' })
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <button type="button" className={className} disabled={isBusy} onClick={() => void setAside()}>
      {t('log.setAside')}
    </button>
  )
}

/** Sends what is here to the server, and then takes the server's copy in its place. */
function LoadAgainButton({ className }: { readonly className: string }) {
  const t = useTranslate()
  const session = useSession()
  const [isBusy, setIsBusy] = useState(false)
  const loadAgain = async () => {
    setIsBusy(true)
    try {
      const isDone = await session.loadShownAgain()
      showToast(
        isDone ? { tone: 'info', message: 'log.loadedAgain' } : { tone: 'error', message: 'log.notLoadedAgain' },
      )
    } catch {
      // By then the server has all of it, and this device still has what it had.
      showToast({ tone: 'error', message: 'storage.stillFailing' })
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <button type="button" className={className} disabled={isBusy} onClick={() => void loadAgain()}>
      {t('log.loadAgain')}
    </button>
  )
}
