import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { memo, type PointerEvent } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsDone, useQuest, useWorkspace } from '../../session/workspace-context.ts'
import { CompletionMark } from './CompletionMark.tsx'
import { activate, startSelecting, toggleSelected, useUi } from './list-state.ts'
import { openQuest, questHref } from './open-quest.ts'
import { QuestMeta } from './QuestMeta.tsx'
import { toggleDone } from './quest-commands.ts'
import { useLongPress } from './use-long-press.ts'

interface QuestRowProps {
  readonly id: QuestId
  readonly isToday: boolean
  readonly isTabStop: boolean
  readonly isOpen: boolean
  readonly onGrab: ((id: QuestId, event: PointerEvent) => void) | null
}

/** One line of a list: waypoint, title, facts, and a handle to drag it by. */
export const QuestRow = memo(function QuestRow({ id, isToday, isTabStop, isOpen, onGrab }: QuestRowProps) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const quest = useQuest(id)
  const done = useIsDone(id)
  const isActive = useUi((ui) => ui.activeId === id)
  const isSelected = useUi((ui) => ui.selection.has(id))
  const isCelebrating = useUi((ui) => ui.celebrating.has(id))
  const selecting = useUi((ui) => ui.selecting)
  const isPicking = useUi((ui) => ui.selecting || ui.selection.size > 0)
  const press = useLongPress(() => startSelecting(id))
  if (quest === undefined) return null
  const tabIndex = isTabStop ? 0 : -1
  const ground = isSelected ? 'bg-accent-wash' : isActive || isOpen ? 'bg-hover' : 'hover:bg-hover'
  return (
    <div
      data-quest={id}
      {...press}
      className={`quest-row relative flex items-start py-[3px] ps-2 pe-1 compact:py-0 pointer-coarse:py-0 has-[a:focus-visible]:outline-2 has-[a:focus-visible]:-outline-offset-2 has-[a:focus-visible]:outline-accent sm:ps-3 ${ground}`}
    >
      {isActive || isOpen ? <span aria-hidden="true" className="absolute inset-y-0 start-0 w-[3px] bg-accent" /> : null}
      <div className="relative self-stretch">
        <span
          aria-hidden="true"
          className="absolute -inset-y-[3px] start-1/2 w-px bg-line compact:inset-y-0 pointer-coarse:inset-y-0"
        />
        <CompletionMark
          title={quest.title}
          done={done}
          priority={quest.priority}
          celebrating={isCelebrating}
          tabIndex={tabIndex}
          onToggle={() => toggleDone(workspace, id)}
        />
      </div>
      <div className="flex min-w-0 max-w-5xl flex-1 flex-wrap items-baseline gap-x-4 py-[0.3rem] ps-1.5 pointer-coarse:py-2.5">
        <a
          href={questHref(id)}
          tabIndex={tabIndex}
          onFocus={() => activate(id)}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey) return
            event.preventDefault()
            activate(id)
            if (event.shiftKey || selecting) toggleSelected(id)
            else openQuest(id)
          }}
          className={`line-clamp-2 min-w-0 flex-[1_1_13rem] text-start [overflow-wrap:anywhere] outline-none pointer-coarse:select-none pointer-coarse:[-webkit-touch-callout:none] after:absolute after:inset-0 ${done ? 'text-soft line-through decoration-1' : ''}`}
        >
          {/* A title runs in its own direction but begins at its waypoint. */}
          <span dir="auto">{quest.title}</span>
        </a>
        <QuestMeta quest={quest} done={done} isToday={isToday} />
        {isSelected ? <span className="sr-only">{t('quest.selected')}</span> : null}
      </div>
      {isPicking ? (
        <SelectMark
          title={quest.title}
          isSelected={isSelected}
          tabIndex={tabIndex}
          onToggle={() => toggleSelected(id)}
        />
      ) : onGrab === null ? (
        <span className="w-7 shrink-0 pointer-coarse:w-11" />
      ) : (
        <DragHandle onGrab={(event) => onGrab(id, event)} />
      )}
    </div>
  )
})

/** The checkbox of a row while quests are being selected. */
function SelectMark(props: {
  readonly title: string
  readonly isSelected: boolean
  readonly tabIndex: number
  readonly onToggle: () => void
}) {
  const t = useTranslate()
  return (
    <label className="relative z-10 grid size-8 shrink-0 place-items-center pointer-coarse:size-11">
      <input
        type="checkbox"
        aria-label={t('quest.select', { title: props.title })}
        tabIndex={props.tabIndex}
        className="size-4 pointer-coarse:size-5"
        checked={props.isSelected}
        onChange={props.onToggle}
      />
    </label>
  )
}

function DragHandle({ onGrab }: { readonly onGrab: (event: PointerEvent) => void }) {
  return (
    <span
      aria-hidden="true"
      onPointerDown={(event) => {
        event.stopPropagation()
        onGrab(event)
      }}
      className="quest-handle relative z-10 grid h-8 w-7 shrink-0 cursor-grab touch-none place-items-center text-soft pointer-coarse:size-11"
    >
      <svg viewBox="0 0 8 14" aria-hidden="true" className="h-3.5 fill-current">
        <path d="M1 1h2v2H1zM5 1h2v2H5zM1 6h2v2H1zM5 6h2v2H5zM1 11h2v2H1zM5 11h2v2H5z" />
      </svg>
    </span>
  )
}
