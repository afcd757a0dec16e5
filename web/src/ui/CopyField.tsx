import { useId, useRef } from 'react'
import { useTranslate } from '../i18n/translate.ts'
import { announce, showToast } from './toasts.ts'

interface CopyFieldProps {
  readonly label: string
  readonly value: string
}

/** A secret shown once, to be copied. */
export function CopyField({ label, value }: CopyFieldProps) {
  const t = useTranslate()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(value)
      showToast({ tone: 'info', message: 'copied' })
    } catch {
      // No permission, or no secure context: the text is selected, so the person's own copy key works.
      announce(t('copyFailed'))
      showToast({ tone: 'error', message: 'copyFailed' })
    }
  }
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          ref={field}
          id={id}
          readOnly
          dir="ltr"
          className="control min-w-0 flex-1 font-mono text-sm"
          value={value}
          onFocus={(event) => event.target.select()}
        />
        <button type="button" className="button button-primary" onClick={() => void copy()}>
          {t('copy')}
        </button>
      </div>
    </div>
  )
}
