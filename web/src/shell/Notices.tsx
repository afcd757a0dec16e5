import { type ReactNode, Suspense, useState } from 'react'
import { usePartyRefusal } from '../features/parties/party-refusal.ts'
import { downloadExport } from '../features/sync/download-export.ts'
import { RefusalActions } from '../features/sync/later-refusal-actions.ts'
import { useTranslate } from '../i18n/translate.ts'
import { useIsAhead, useRole, useSessionState, useWorkspaceName } from '../session/session-context.ts'
import { useWorkspace, useWorkspaceState } from '../session/workspace-context.ts'
import { showToast } from '../ui/toasts.ts'

/** What stands above every page while it holds: edits refused or not allowed, unreadable entries, a new version. */
export function Notices() {
  return (
    <div data-notices className="empty:hidden">
      <StorageNotice />
      <RefusalNotice />
      <ReadOnlyNotice />
      <ProblemsNotice />
      <UpdateNotice />
    </div>
  )
}

function Notice(props: {
  readonly tone: 'danger' | 'info'
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}) {
  const { tone, title, text, children } = props
  const ground = tone === 'danger' ? 'border-danger bg-danger-wash' : 'border-line bg-warn-wash'
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2 ${ground}`}
    >
      <p className="me-auto min-w-0 max-w-4xl">
        <strong className={tone === 'danger' ? 'text-danger' : ''}>{title}</strong> {text}
      </p>
      <div className="flex flex-wrap gap-2 empty:hidden">{children}</div>
    </div>
  )
}

/** Blocks: while the disk takes nothing, no edit is accepted, so nothing can be lost. */
function StorageNotice() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const error = useWorkspaceState((state) => state.storageError)
  const [isTrying, setIsTrying] = useState(false)
  if (error === null) return null
  const retry = async () => {
    setIsTrying(true)
    try {
      await workspace.flush()
    } catch {
      // The store has said why through the workspace's state; the banner stays.
      showToast({ tone: 'error', message: 'storage.stillFailing' })
    } finally {
      setIsTrying(false)
    }
  }
  const isCorrupt = error.kind === 'corrupt'
  return (
    <Notice
      tone={isCorrupt ? 'info' : 'danger'}
      title={t(isCorrupt ? 'storage.repaired' : 'storage.cannotWrite')}
      text={t(`storage.${error.kind}`)}
    >
      {isCorrupt ? (
        <button type="button" className="button" onClick={() => workspace.state.setState({ storageError: null })}>
          {t('dismiss')}
        </button>
      ) : (
        <>
          {error.kind === 'closed' ? (
            <button type="button" className="button button-primary" onClick={() => location.reload()}>
              {t('storage.reload')}
            </button>
          ) : (
            <button type="button" className="button button-primary" disabled={isTrying} onClick={() => void retry()}>
              {t('retry')}
            </button>
          )}
          <button type="button" className="button" onClick={() => downloadExport(workspace)}>
            {t('sync.export')}
          </button>
        </>
      )}
    </Notice>
  )
}

function RefusalNotice() {
  const t = useTranslate()
  const sync = useWorkspaceState((state) => state.sync)
  const ofParty = usePartyRefusal()
  const isAhead = useIsAhead()
  // A log that moves to a new document asks nothing of the person.
  if (sync.kind !== 'refused' || sync.reason === 'old-epoch') return null
  const isNotFound = sync.reason === 'not-found'
  return (
    <Notice
      tone="danger"
      title={ofParty?.title ?? t('sync.refusedTitle')}
      text={ofParty?.text ?? (isNotFound && isAhead ? t('refusal.ahead') : t(`refusal.${sync.reason}`))}
    >
      <Suspense>
        <RefusalActions reason={sync.reason} />
      </Suspense>
    </Notice>
  )
}

/** A log that is in order but not to be written, else only disabled fields would tell. */
function ReadOnlyNotice() {
  const t = useTranslate()
  const isShown = useWorkspaceState(({ readOnly, sync }) => readOnly && sync.kind !== 'refused')
  const { ref } = useWorkspace()
  const name = useWorkspaceName()
  const isViewer = useRole() === 'viewer'
  if (!isShown) return null
  if (isViewer && ref.kind === 'party')
    return <Notice tone="info" title={t('party.viewerTitle', { name })} text={t('party.viewerText')} />
  return <Notice tone="info" title={t('readOnly.title')} text={t('readOnly.text')} />
}

function ProblemsNotice() {
  const t = useTranslate()
  const problems = useWorkspaceState((state) => state.problems)
  const [dismissed, setDismissed] = useState(0)
  if (problems <= dismissed) return null
  return (
    <Notice tone="info" title={t('problems.title', { count: problems })} text={t('problems.text')}>
      <button type="button" className="button" onClick={() => setDismissed(problems)}>
        {t('dismiss')}
      </button>
    </Notice>
  )
}

function UpdateNotice() {
  const t = useTranslate()
  const applyUpdate = useSessionState((state) => state.applyUpdate)
  const [isPutOff, setIsPutOff] = useState(false)
  if (applyUpdate === null || isPutOff) return null
  return (
    <Notice tone="info" title={t('update.title')} text={t('update.text')}>
      <button type="button" className="button button-primary" onClick={applyUpdate}>
        {t('update.apply')}
      </button>
      <button type="button" className="button" onClick={() => setIsPutOff(true)}>
        {t('update.later')}
      </button>
    </Notice>
  )
}
