import type { MergeAnswer } from '@questlog/shared/client/session/session'
import { useState } from 'react'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { accountFailureFrom } from '../../session/account-failure.ts'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { Page, PageBody } from '../../ui/Page.tsx'
import { showToast } from '../../ui/toasts.ts'

/** After signing in on a device that has a log of its own: merge it in, or keep it apart. */
export function MergeOfferPage() {
  const t = useTranslate()
  const session = useSession()
  const isLocal = useSessionState(({ mergeOffer }) => mergeOffer?.owner === null)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const answer = async (choice: MergeAnswer) => {
    if (isBusy) return
    setIsBusy(true)
    const outcome = await session.answerMergeOffer(choice)
    setIsBusy(false)
    if (!outcome.ok) setFailure(accountFailureFrom(outcome.error).message)
    else if (choice === 'merge') showToast({ tone: 'info', message: isLocal ? 'merge.done' : 'merge.doneEarlier' })
  }
  return (
    <Page title={t('merge.title')}>
      <PageBody>
        <p className="max-w-prose">{t(isLocal ? 'merge.text' : 'merge.textEarlier')}</p>
        <p role="alert" className="mt-4 rounded bg-danger-wash px-3 py-2 text-danger empty:hidden">
          {failure === null ? null : t(failure)}
        </p>
        <div className="mt-5 grid max-w-xl gap-3 sm:grid-cols-2">
          <div className="flex flex-col rounded border border-line p-4">
            <h2 className="font-semibold">{t('merge.merge')}</h2>
            <p className="mt-1 mb-4 text-sm text-soft">{t('merge.mergeText')}</p>
            <button
              type="button"
              aria-disabled={isBusy}
              className="button button-primary mt-auto"
              onClick={() => void answer('merge')}
            >
              {t('merge.mergeButton')}
            </button>
          </div>
          <div className="flex flex-col rounded border border-line p-4">
            <h2 className="font-semibold">{t('merge.apart')}</h2>
            <p className="mt-1 mb-4 text-sm text-soft">{t(isLocal ? 'merge.apartText' : 'merge.apartTextEarlier')}</p>
            <button
              type="button"
              aria-disabled={isBusy}
              className="button mt-auto"
              onClick={() => void answer('keep-apart')}
            >
              {t('merge.apartButton')}
            </button>
          </div>
        </div>
      </PageBody>
    </Page>
  )
}
