import type { PasskeyError } from '@questlog/shared/client/rest/sign-in-methods'
import type { Result } from '@questlog/shared/domain/kernel/result'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { Alert } from '../../ui/Alert.tsx'
import { settingsFailure } from './settings-failure.ts'

interface SectionFormProps {
  readonly submitLabel: string
  readonly isPrimary?: boolean
  readonly onSubmit: () => Promise<Result<unknown, PasskeyError>>
  readonly onDone: () => void
  readonly children: ReactNode
  /** Further buttons. */
  readonly beside?: ReactNode
}

/** A small form whose refusal is told, and read out, above its button. */
export function SectionForm({ submitLabel, isPrimary, onSubmit, onDone, children, beside }: SectionFormProps) {
  const t = useTranslate()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    setIsBusy(true)
    setFailure(null)
    const outcome = await onSubmit()
    setIsBusy(false)
    if (outcome.ok) onDone()
    else setFailure(settingsFailure(outcome.error))
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="mt-3 grid max-w-sm gap-3">
      {children}
      <Alert failure={failure} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" aria-disabled={isBusy} className={isPrimary ? 'button button-primary' : 'button'}>
          {isBusy ? t('settings.working') : submitLabel}
        </button>
        {beside}
      </div>
    </form>
  )
}
