import { useId } from 'react'

interface TextFieldProps {
  readonly label: string
  readonly type: 'text' | 'email' | 'password'
  readonly autoComplete: string
  readonly value: string
  readonly minLength?: number
  readonly hint?: string
  readonly isRequired?: boolean
  readonly onChange: (value: string) => void
}

/** A labelled field that must be filled in, unless it says otherwise. */
export function TextField(props: TextFieldProps) {
  const { label, type, autoComplete, value, minLength, hint, isRequired = true, onChange } = props
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
        required={isRequired}
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
