import { useRef, useState } from 'react'
import { useTranslate } from '../i18n/translate.ts'

interface ChosenSelectProps<Value extends string> {
  readonly id?: string
  /** Its name, unless a label has its id. */
  readonly label?: string
  /** What holds now. */
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly name: string }[]
  readonly isDisabled?: boolean
  /** What the button says that carries out the choice. */
  readonly action: (value: Value) => string
  readonly onChoose: (value: Value) => void
  readonly className?: string
}

/** A choice that matters: keys and pointers only choose, a button beside it acts. */
export function ChosenSelect<Value extends string>(props: ChosenSelectProps<Value>) {
  const { id, label, value, options, isDisabled, action, onChoose, className = '' } = props
  const t = useTranslate()
  const field = useRef<HTMLSelectElement>(null)
  const [chosen, setChosen] = useState<Value | null>(null)
  // What was chosen may hold meanwhile, or be no choice any more.
  const next = chosen !== value && options.some((option) => option.value === chosen) ? chosen : null
  const leave = () => {
    setChosen(null)
    // The buttons go away under the focus.
    field.current?.focus()
  }
  return (
    <>
      <select
        ref={field}
        id={id}
        aria-label={label}
        className={`control ${className}`}
        value={next ?? value}
        disabled={isDisabled}
        onChange={(event) => setChosen(options.find((option) => option.value === event.target.value)?.value ?? null)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || next === null) return
          event.preventDefault()
          setChosen(null)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
      {next === null ? null : (
        <>
          <button
            type="button"
            className="button button-primary"
            onClick={() => {
              leave()
              onChoose(next)
            }}
          >
            {action(next)}
          </button>
          <button type="button" className="button" onClick={leave}>
            {t('cancel')}
          </button>
        </>
      )}
    </>
  )
}
