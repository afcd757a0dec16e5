import { useEffect, useId, useRef } from 'react'

interface CodeFieldProps {
  readonly label: string
  readonly hint?: string
  /** Six digits of an app, or a recovery code. */
  readonly kind: 'app' | 'recovery'
  /** Whether the field takes the focus when it appears. */
  readonly takesFocus?: boolean
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A field for a code of the second factor. */
export function CodeField({ label, hint, kind, takesFocus = false, value, onChange }: CodeFieldProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (takesFocus) field.current?.focus()
  }, [takesFocus])
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
      </label>
      <input
        ref={field}
        id={id}
        required
        dir="ltr"
        type="text"
        inputMode={kind === 'app' ? 'numeric' : 'text'}
        autoComplete={kind === 'app' ? 'one-time-code' : 'off'}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={kind === 'app' ? 7 : 40}
        pattern={kind === 'app' ? '\\d{3} ?\\d{3}' : undefined}
        title={hint}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="control w-full font-mono tracking-widest"
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

/** The code as it is sent: apps show it in two groups. */
export function sixDigits(typed: string): string {
  return typed.replaceAll(/\s/g, '')
}
