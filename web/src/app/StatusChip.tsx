import type { SyncStatus } from '@questlog/shared/client/sync-status'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { Translate } from '../i18n/translate.ts'
import { useTranslate } from '../i18n/translate.ts'
import { useWorkspaceState } from './workspace-context.ts'

const settleMs = 1500

/** Where the log's edits are, in a word and a number; leads to the page that says more. */
export function StatusChip() {
  const t = useTranslate()
  const status = useWorkspaceState((state) => state.sync)
  const text = statusInWords(t, status)
  const heard = useSettled(text)
  const tone = status.kind === 'refused' ? 'border-danger text-danger' : 'border-transparent text-soft hover:text-ink'
  return (
    <>
      <Link
        href="/devices"
        data-sync={status.kind}
        aria-label={t('sync.chip', { status: text })}
        className={`flex items-center gap-2 rounded border px-2 py-1 text-sm hover:bg-hover pointer-coarse:min-h-11 ${tone}`}
      >
        <span aria-hidden="true" className={`size-2 shrink-0 rotate-45 border ${glyphOf(status.kind)}`} />
        {text}
      </Link>
      <span role="status" className="sr-only">
        {heard}
      </span>
    </>
  )
}

/** A status as a short phrase with the number of unsaved changes. */
export function statusInWords(t: Translate, status: SyncStatus): string {
  const word = t(`sync.${status.kind}`)
  const unsaved = 'unsavedChanges' in status ? status.unsavedChanges : 0
  return unsaved === 0 ? word : t('sync.withUnsaved', { status: word, count: unsaved })
}

function glyphOf(kind: SyncStatus['kind']): string {
  switch (kind) {
    case 'saved':
      return 'border-accent bg-accent'
    case 'saving':
    case 'connecting':
      return 'border-accent'
    case 'refused':
      return 'border-danger bg-danger'
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
