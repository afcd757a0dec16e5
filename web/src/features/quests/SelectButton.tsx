import { useTranslate } from '../../i18n/translate.ts'
import { endSelecting, startSelecting, useUi } from './list-state.ts'

/** Begins and ends selecting quests by pressing on them; there while the list has any. */
export function SelectButton() {
  const t = useTranslate()
  const selecting = useUi((ui) => ui.selecting)
  const isEmpty = useUi((ui) => ui.visibleIds.length === 0)
  if (isEmpty && !selecting) return null
  return (
    <button
      type="button"
      aria-pressed={selecting}
      className="button button-quiet px-2.5 text-sm font-normal text-soft aria-pressed:text-accent"
      onClick={() => (selecting ? endSelecting() : startSelecting(null))}
    >
      {t('bulk.select')}
    </button>
  )
}
