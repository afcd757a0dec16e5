import { useId } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useDraft } from './use-draft.ts'

interface EstimateFieldProps {
  readonly value: number | null
  readonly onChange: (estimateMin: number | null) => void
}

/** The estimate in whole minutes; emptied, it is cleared. */
export function EstimateField({ value, onChange }: EstimateFieldProps) {
  const t = useTranslate()
  const id = useId()
  const draft = useDraft(value === null ? '' : String(value), (text) => {
    const minutes = Number.parseInt(text, 10)
    if (text.trim() === '') onChange(null)
    else if (Number.isSafeInteger(minutes) && minutes > 0) onChange(minutes)
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
        onBlur={draft.commit}
      />
    </div>
  )
}
