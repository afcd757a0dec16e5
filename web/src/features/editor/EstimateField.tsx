import { useId } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useDraft } from '../../ui/use-draft.ts'

interface EstimateFieldProps {
  readonly value: number | null
  readonly onChange: (estimateMin: number | null) => boolean
}

/** The estimate in whole minutes; emptied, it is cleared. */
export function EstimateField({ value, onChange }: EstimateFieldProps) {
  const t = useTranslate()
  const id = useId()
  const draft = useDraft({
    stored: value === null ? '' : String(value),
    read: readMinutes,
    save: (minutes) => onChange(minutes === '' ? null : Number(minutes)),
  })
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-0.5 block text-[0.8125rem] text-soft">
        {t('field.estimate')}
      </label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={1}
        max={100_000}
        step={5}
        className="control w-full"
        value={draft.text}
        onChange={(event) => draft.change(event.target.value)}
        onBlur={draft.leave}
      />
    </div>
  )
}

function readMinutes(text: string): string | null {
  const minutes = Number.parseInt(text, 10)
  if (text.trim() === '') return ''
  return Number.isSafeInteger(minutes) && minutes > 0 ? String(minutes) : null
}
