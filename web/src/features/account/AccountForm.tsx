import type { Result } from '@questlog/shared/domain/result'
import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import type { AccountFailure } from '../../app/session.ts'
import { type MessageKey, useTranslate } from '../../i18n/translate.ts'

interface AccountFormProps {
  readonly submitLabel: MessageKey
  readonly busyLabel: MessageKey
  readonly onSubmit: () => Promise<Result<null, AccountFailure>>
  readonly onDone: () => void
  readonly children: ReactNode
}

/** A form that talks to the server: busy while it does, and a refusal in words above the button. */
export function AccountForm({ submitLabel, busyLabel, onSubmit, onDone, children }: AccountFormProps) {
  const t = useTranslate()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const alert = useRef<HTMLParagraphElement>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    setIsBusy(true)
    setFailure(null)
    const outcome = await onSubmit()
    setIsBusy(false)
    if (outcome.ok) onDone()
    else setFailure(outcome.error.message)
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="mt-4 grid max-w-sm gap-4">
      {children}
      <p ref={alert} role="alert" className="rounded bg-danger-wash px-3 py-2 text-danger empty:hidden">
        {failure === null ? null : t(failure)}
      </p>
      <button type="submit" aria-disabled={isBusy} className="button button-primary justify-self-start">
        {t(isBusy ? busyLabel : submitLabel)}
      </button>
    </form>
  )
}

interface TextFieldProps {
  readonly label: string
  readonly type: 'text' | 'email' | 'password'
  readonly autoComplete: string
  readonly value: string
  readonly minLength?: number
  readonly hint?: string
  readonly onChange: (value: string) => void
}

/** A labelled field that must be filled in. */
export function TextField({ label, type, autoComplete, value, minLength, hint, onChange }: TextFieldProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
      </label>
      <input
        id={id}
        type={type}
        dir="auto"
        required
        minLength={minLength}
        maxLength={type === 'text' ? 100 : 320}
        autoComplete={autoComplete}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="control w-full"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="mt-1 text-sm text-soft">
          {hint}
        </p>
      )}
    </div>
  )
}
