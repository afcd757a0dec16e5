import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import type { Remote } from './use-remote.ts'

interface RemoteNoteProps {
  readonly of: Remote<unknown>
  readonly loading: MessageKey
}

/** Says that something is on its way from the server, or why it is not to be had, with the way to try again. */
export function RemoteNote({ of, loading }: RemoteNoteProps) {
  const t = useTranslate()
  if (of.failure !== null)
    return (
      <div role="alert" className="my-2 flex flex-wrap items-center gap-3 rounded bg-warn-wash px-3 py-2">
        {/* In between, so that the same failure is read out again. */}
        <p className="min-w-0 flex-1 basis-60">
          {t(of.isLoading ? loading : of.failure)}
          {of.isLoading || of.value === null ? null : ` ${t('remote.stale')}`}
        </p>
        <button type="button" className="button" aria-disabled={of.isLoading} onClick={() => void of.reload()}>
          {t('retry')}
        </button>
      </div>
    )
  return (
    <p role="status" className="py-1 text-soft empty:hidden">
      {of.value === null ? t(loading) : null}
    </p>
  )
}
