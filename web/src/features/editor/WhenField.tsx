import { isRealDate } from '@questlog/shared/domain/calendar-date'
import type { When } from '@questlog/shared/domain/when'
import { useRef, useState } from 'react'
import { dayOf, timeOf, whenFrom, zoneOf } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'

interface WhenFieldProps {
  readonly label: string
  readonly value: When | null
  readonly onChange: (value: When | null) => void
}

/** A date with an optional time, in the platform's own pickers. A zoned time keeps its zone. */
export function WhenField({ label, value, onChange }: WhenFieldProps) {
  const t = useTranslate()
  const dateField = useRef<HTMLInputElement>(null)
  const stored = value === null ? '' : dayOf(value)
  // A date being typed passes through years like 0002; it is kept here until the field is left.
  const [typed, setTyped] = useState<string | null>(null)
  const time = value === null ? '' : (timeOf(value) ?? '')
  const zone = value === null ? null : zoneOf(value)
  const leave = () => {
    if (typed === '') onChange(null)
    else if (typed !== null && typed !== stored && isRealDate(typed)) onChange(whenFrom(typed, time, zone))
    setTyped(null)
  }
  const change = (day: string) => {
    setTyped(day)
    if (day >= '1900' && isRealDate(day) && day !== stored) onChange(whenFrom(day, time, zone))
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-0.5 text-[0.8125rem] text-soft">
        {label}
        {zone === null ? null : <span> · {zone}</span>}
      </legend>
      <div className="flex gap-2">
        <input
          ref={dateField}
          type="date"
          aria-label={t('field.dateOf', { field: label })}
          className="control min-w-0 flex-[1.4]"
          max="9999-12-31"
          value={typed ?? stored}
          onChange={(event) => change(event.target.value)}
          onBlur={leave}
        />
        {value === null ? null : (
          <input
            type="time"
            aria-label={t('field.timeOf', { field: label })}
            className="control min-w-0 flex-1"
            value={time}
            onChange={(event) => onChange(whenFrom(stored, event.target.value, zone))}
          />
        )}
        {value === null ? null : (
          <button
            type="button"
            className="button button-quiet px-2 text-soft"
            aria-label={t('field.clear', { field: label })}
            onClick={() => {
              setTyped(null)
              onChange(null)
              dateField.current?.focus()
            }}
          >
            {t('clear')}
          </button>
        )}
      </div>
    </fieldset>
  )
}
