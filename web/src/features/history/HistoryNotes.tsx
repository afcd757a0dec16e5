import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import type { HistoryGap, HistoryView } from './use-history.ts'

const gapTexts: { readonly [Gap in HistoryGap]: MessageKey } = {
  'local-only': 'history.localOnly',
  'signed-out': 'history.signedOut',
  offline: 'history.offline',
  'server-failed': 'history.serverFailed',
}

/** What a history does not hold and why, and a way to try again. */
export function HistoryNotes({ history }: { readonly history: HistoryView }) {
  const t = useTranslate()
  const { gap, hasFailed, isLoading } = history
  const canRetry = hasFailed || gap === 'offline' || gap === 'server-failed'
  return (
    <div role="status" className="empty:hidden">
      {isLoading ? <p className="py-2 text-soft">{t('history.loading')}</p> : null}
      {hasFailed ? <p className="py-1 text-danger">{t('history.failed')}</p> : null}
      {gap === null ? null : <p className="py-1 text-sm text-soft">{t(gapTexts[gap])}</p>}
      {canRetry ? (
        <button type="button" className="button" onClick={history.reload}>
          {t('retry')}
        </button>
      ) : null}
    </div>
  )
}
