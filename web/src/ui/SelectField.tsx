import { useId } from 'react'

interface SelectFieldProps<Value extends string | number> {
  readonly label: string
  readonly value: Value
  readonly options: readonly Value[]
  readonly name: (value: Value) => string
  readonly onChange: (value: Value) => void
}

/** A labelled native select: the platform's own picker is best on phones and for screen readers. */
export function SelectField<Value extends string | number>(props: SelectFieldProps<Value>) {
  const { label, value, options, name, onChange } = props
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-0.5 block text-[0.8125rem] text-soft">
        {label}
      </label>
      <select
        id={id}
        value={String(value)}
        className="control w-full"
        onChange={(event) => {
          const chosen = options.find((option) => String(option) === event.target.value)
          if (chosen !== undefined) onChange(chosen)
        }}
      >
        {options.map((option) => (
          <option key={option} value={String(option)}>
            {name(option)}
          </option>
        ))}
      </select>
    </div>
  )
}
