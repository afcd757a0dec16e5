import { sumUnsaved } from '@questlog/shared/client/session/device-log-list'
import type { LogStanding } from '@questlog/shared/client/session/log-standing'
import type { SyncStatus } from '@questlog/shared/client/sync/sync-status'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { MessageKey } from '../../i18n/message.ts'
import { type Translate, useTranslate } from '../../i18n/translate.ts'
import { useStanding, useUnsavedElsewhere } from '../../session/session-context.ts'
import { useWorkspaceState } from '../../session/workspace-context.ts'

const settleMs = 1500

/** Where the log's edits are, in a word and a number; leads to the page that says more. */
export function StatusChip() {
  const t = useTranslate()
  const status = useWorkspaceState((state) => state.sync)
  const standing = useStanding()
  const elsewhere = sumUnsaved(useUnsavedElsewhere())
  const own = statusInWords(t, status, standing)
  const text = elsewhere === 0 ? own : t('sync.withElsewhere', { status: own, count: elsewhere })
  const heard = useSettled(text)
  const isAway = standing === 'signed-out' || standing === 'another'
  const isStuck = isRefused(status) || (isAway && unsavedOf(status) > 0)
  const tone = isStuck ? 'border-danger text-danger' : 'border-transparent text-soft hover:text-ink'
  return (
    <>
      <Link
        href="/devices"
        data-sync={status.kind}
        aria-label={t('sync.chip', { status: text })}
        className={`flex items-center gap-2 rounded border px-2 py-1 text-sm hover:bg-hover pointer-coarse:min-h-11 ${tone}`}
      >
        <span aria-hidden="true" className={`size-2 shrink-0 rotate-45 border ${glyphOf(status)}`} />
        {text}
      </Link>
      <span role="status" className="sr-only">
        {heard}
      </span>
    </>
  )
}

/** A status as a short phrase with the number of unsaved changes. */
export function statusInWords(t: Translate, status: SyncStatus, standing: LogStanding): string {
  const word = t(wordOf(status, standing))
  const count = unsavedOf(status)
  return count === 0 ? word : t('sync.withUnsaved', { status: word, count })
}

function wordOf(status: SyncStatus, standing: LogStanding): MessageKey {
  if (standing === 'signed-out') return 'sync.signedOut'
  if (standing === 'another') return 'sync.another'
  return isMoving(status) ? 'sync.moving' : `sync.${status.kind}`
}

function unsavedOf(status: SyncStatus): number {
  return 'unsavedChanges' in status ? status.unsavedChanges : 0
}

// An old epoch refuses nothing for good: the log is just being moved to the new document.
function isMoving(status: SyncStatus): boolean {
  return status.kind === 'refused' && status.reason === 'old-epoch'
}

function isRefused(status: SyncStatus): boolean {
  return status.kind === 'refused' && !isMoving(status)
}

function glyphOf(status: SyncStatus): string {
  switch (status.kind) {
    case 'saved':
      return 'border-accent bg-accent'
    case 'saving':
    case 'connecting':
      return 'border-accent'
    case 'refused':
      return isRefused(status) ? 'border-danger bg-danger' : 'border-accent'
    case 'offline':
    case 'local-only':
      return 'border-outline'
  }
}

/** The text once it has held still: screen readers need not hear every saving and saved between two keystrokes. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
