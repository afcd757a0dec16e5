import { useId } from 'react'

interface EmailFieldProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** An e-mail address that may be left out. */
export function EmailField({ label, hint, value, onChange }: EmailFieldProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-0.5 block text-[0.8125rem] text-soft">
        {label}
      </label>
      <input
        id={id}
        type="email"
        dir="auto"
        maxLength={320}
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        className="control w-full"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className="mt-1 text-sm text-soft">
        {hint}
      </p>
    </div>
  )
}
