import { LIMITS } from '@questlog/shared/domain/fields/limits'
import type { Step } from '@questlog/shared/domain/quest/step'
import { type KeyboardEvent, useRef } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { useGrownHeight } from '../../ui/use-grown-height.ts'
import { readLine } from './read-line.ts'

interface StepRowProps {
  readonly step: Step
  readonly onToggle: () => void
  readonly onEdit: (text: string) => boolean
  readonly onRemove: () => void
  readonly onMove: (by: -1 | 1) => void
  /** Moves the focus to the step before or after, or past the last to the field that adds one. */
  readonly onLeave: (by: -1 | 1) => void
}

/** One step: its checkbox, its text, and buttons for hands without a keyboard. */
export function StepRow({ step, onToggle, onEdit, onRemove, onMove, onLeave }: StepRowProps) {
  const t = useTranslate()
  const draft = useDraft({ stored: step.text, read: readLine, save: onEdit })
  const field = useRef<HTMLTextAreaElement>(null)
  useGrownHeight(field, draft.text)
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (by !== null) {
      event.preventDefault()
      draft.leave()
      if (event.altKey) onMove(by)
      else onLeave(by)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      draft.leave()
      onLeave(1)
    } else if (event.key === 'Backspace' && draft.text === '') {
      event.preventDefault()
      // Held until the text was gone: the step itself goes at a press of its own.
      if (!event.repeat) onRemove()
    }
  }
  const button =
    'grid size-8 shrink-0 place-items-center rounded text-soft opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:bg-hover hover:text-ink pointer-coarse:size-11 pointer-coarse:opacity-100'
  return (
    <li className="group flex items-start">
      <label className="grid size-8 shrink-0 place-items-center pointer-coarse:size-11">
        <input
          type="checkbox"
          aria-label={t('steps.done', { text: step.text })}
          checked={step.done}
          onChange={onToggle}
          className="size-4 pointer-coarse:size-6"
        />
      </label>
      <textarea
        ref={field}
        rows={1}
        data-step
        dir="auto"
        maxLength={LIMITS.stepLength}
        aria-label={t('steps.text')}
        value={draft.text}
        onChange={(event) => draft.change(event.target.value)}
        onBlur={draft.leave}
        onKeyDown={onKeyDown}
        className={`field-sizing-content min-h-8 min-w-0 flex-1 resize-none rounded bg-transparent px-1.5 py-1 [overflow-wrap:anywhere] hover:bg-hover pointer-coarse:min-h-11 pointer-coarse:py-2.5 ${step.done ? 'text-soft line-through' : ''}`}
      />
      <button
        type="button"
        className={button}
        aria-label={t('steps.up', { text: step.text })}
        onClick={() => onMove(-1)}
      >
        ↑
      </button>
      <button
        type="button"
        className={button}
        aria-label={t('steps.down', { text: step.text })}
        onClick={() => onMove(1)}
      >
        ↓
      </button>
      <button type="button" className={button} aria-label={t('steps.remove', { text: step.text })} onClick={onRemove}>
        ×
      </button>
    </li>
  )
}
