import type { Priority } from '@questlog/shared/domain/quest/quest'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsReadOnly } from '../../session/workspace-context.ts'

interface CompletionMarkProps {
  readonly title: string
  readonly done: boolean
  readonly priority: Priority
  readonly celebrating: boolean
  readonly tabIndex?: number
  readonly onToggle: () => void
}

/** The waypoint on a quest's trail: its checkbox. The higher the priority, the heavier its outline. */
export function CompletionMark({ title, done, priority, celebrating, tabIndex, onToggle }: CompletionMarkProps) {
  const t = useTranslate()
  const readOnly = useIsReadOnly()
  const weight = priority === 1 ? 'border-[3.5px]' : priority === 2 ? 'border-[2.5px]' : 'border-[1.5px]'
  const tone = done
    ? 'border-accent bg-accent'
    : `bg-surface ${weight} ${priority === 1 ? 'border-accent' : 'border-outline'}`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native checkbox cannot be drawn as a rotated waypoint with its ripple
    <button
      type="button"
      role="checkbox"
      aria-checked={done}
      aria-disabled={readOnly}
      aria-label={t('quest.complete', { title })}
      tabIndex={tabIndex}
      onClick={onToggle}
      className="group/mark relative z-10 grid size-8 shrink-0 place-items-center aria-disabled:cursor-not-allowed aria-disabled:opacity-45 pointer-coarse:size-11"
    >
      {celebrating && done ? (
        <span aria-hidden="true" className="absolute size-4 animate-ripple motion-reduce:hidden">
          <span className="block size-full rotate-45 rounded-[3px] border-2 border-accent" />
        </span>
      ) : null}
      <span
        aria-hidden="true"
        className={`grid size-4 rotate-45 place-items-center rounded-[3px] border group-hover/mark:border-accent ${tone} ${celebrating && done ? 'animate-settle' : ''}`}
      >
        <svg
          viewBox="0 0 12 12"
          aria-hidden="true"
          className={`size-3 -rotate-45 ${done ? 'text-accent-ink' : 'text-accent opacity-0 group-hover/mark:opacity-70'}`}
        >
          <path
            d="m2.5 6.4 2.4 2.4 4.6-5.2"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      </span>
    </button>
  )
}
