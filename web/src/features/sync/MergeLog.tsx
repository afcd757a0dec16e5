import type { DeviceLog } from '@questlog/shared/client/session/device-log'
import { titleOfLog } from '@questlog/shared/client/session/device-log-list'
import { isSamePerson } from '@questlog/shared/client/session/log-standing'
import { useTranslate } from '../../i18n/translate.ts'
import { accountFailureFrom } from '../../session/account-failure.ts'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { showToast } from '../../ui/toasts.ts'

/** Merges a log that the signed-in person's account does not have into the one it has; asks before it takes one over. */
export function MergeLog({ log }: { readonly log: DeviceLog }) {
  const t = useTranslate()
  const session = useSession()
  const person = useSessionState((state) => state.person)
  if (person === null) return null
  const { owner } = log
  const isCopied = owner !== null && !isSamePerson(owner, person)
  const name = titleOfLog(log)
  const merge = async () => {
    const outcome = await session.mergeIn(log.ref.documentName)
    if (!outcome.ok) return showToast({ tone: 'error', message: accountFailureFrom(outcome.error).message })
    if (owner === null) showToast({ tone: 'info', message: 'merge.done' })
    else showToast({ tone: 'info', message: isCopied ? 'merge.copied' : 'merge.doneOf', values: { name } })
  }
  if (owner === null)
    return (
      <button type="button" className="button" onClick={() => void merge()}>
        {t('merge.mergeButton')}
      </button>
    )
  return (
    <ConfirmButton
      label={t(isCopied ? 'merge.copyButton' : 'merge.intoMine')}
      question={t(isCopied ? 'merge.copyQuestion' : 'merge.intoMineQuestion', { name })}
      onConfirm={() => void merge()}
    />
  )
}
