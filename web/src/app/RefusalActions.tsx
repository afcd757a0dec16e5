import type { RefusalReason } from '@questlog/shared/client/sync-status'
import { Link } from 'wouter'
import { useTranslate } from '../i18n/translate.ts'
import { downloadExport } from './download-export.ts'
import { useSession, useSessionState } from './session.ts'
import { useWorkspace } from './workspace-context.ts'

type Action = 'sign-in' | 'retry' | 'reload' | 'export'

/** What a person can do about each refusal, the likeliest first. Nothing written is lost by any of it. */
const actionsOf: { readonly [Reason in RefusalReason]: readonly Action[] } = {
  'signed-out': ['sign-in'],
  role: ['retry', 'export'],
  'not-found': ['retry', 'export'],
  'too-large': ['export', 'reload'],
  malformed: ['export', 'reload'],
  'foreign-client-id': ['sign-in', 'export'],
  'entry-shape': ['reload', 'export'],
  'unsafe-stamp': ['retry', 'export'],
  'old-epoch': ['retry', 'export'],
  'rate-limited': ['retry'],
  'old-client': ['reload', 'export'],
}

/** The buttons for a refusal. */
export function RefusalActions({ reason }: { readonly reason: RefusalReason }) {
  return actionsOf[reason].map((action, index) => (
    <ActionButton key={action} action={action} className={index === 0 ? 'button button-primary' : 'button'} />
  ))
}

function ActionButton({ action, className }: { readonly action: Action; readonly className: string }) {
  const t = useTranslate()
  const session = useSession()
  const workspace = useWorkspace()
  // Loading again starts the new version of the app, should one be ready.
  const applyUpdate = useSessionState((state) => state.applyUpdate)
  switch (action) {
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
    case 'export':
      return (
        <button type="button" className={className} onClick={() => downloadExport(workspace)}>
          {t('sync.export')}
        </button>
      )
  }
}
