import { isRealDate } from '@questlog/shared/domain/time/calendar-date'
import type { When } from '@questlog/shared/domain/time/when'
import { useRef } from 'react'
import { dayOf, timeOf, whenFrom, zoneOf } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useDraft } from '../../ui/use-draft.ts'

interface WhenFieldProps {
  readonly label: string
  readonly value: When | null
  readonly onChange: (value: When | null) => boolean
}

/** A date with an optional time, in the platform's own pickers. A zoned time keeps its zone. */
export function WhenField({ label, value, onChange }: WhenFieldProps) {
  const t = useTranslate()
  const dateField = useRef<HTMLInputElement>(null)
  const storedDay = value === null ? '' : dayOf(value)
  const storedTime = value === null ? '' : (timeOf(value) ?? '')
  const zone = value === null ? null : zoneOf(value)
  const day = useDraft({
    stored: storedDay,
    read: readDay,
    save: (next) => onChange(next === '' ? null : whenFrom(next, storedTime, zone)),
  })
  const time = useDraft({
    stored: storedTime,
    read: readTime,
    // A date that another device took away takes its time along.
    save: (next) => storedDay !== '' && onChange(whenFrom(storedDay, next, zone)),
  })
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
          value={day.text}
          onChange={(event) => {
            day.change(event.target.value)
            // At once: the field for the time is there when the next key is pressed.
            day.save()
          }}
          onBlur={day.leave}
        />
        {value === null ? null : (
          <input
            type="time"
            aria-label={t('field.timeOf', { field: label })}
            className="control min-w-0 flex-1"
            value={time.text}
            onChange={(event) => time.change(event.target.value)}
            onBlur={time.leave}
          />
        )}
        {value === null ? null : (
          <button
            type="button"
            className="button button-quiet px-2 text-soft"
            aria-label={t('field.clear', { field: label })}
            onClick={() => {
              day.leave()
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

/** A date being typed passes through nothing and years like 0002: these count once the field is left. */
function readDay(day: string, isLeft: boolean): string | null {
  if (day === '') return isLeft ? '' : null
  return isRealDate(day) && (isLeft || day >= '1900') ? day : null
}

/** A time being typed passes through nothing. */
function readTime(time: string, isLeft: boolean): string | null {
  return time === '' && !isLeft ? null : time
}
