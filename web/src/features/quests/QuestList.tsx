import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import type { VirtualItem } from '@tanstack/react-virtual'
import { type PointerEvent, type ReactNode, useCallback, useEffect, useId, useMemo, useRef } from 'react'
import { onReverted } from '../../actions/reverted.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsReadOnly } from '../../session/workspace-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { useMedia } from '../../ui/use-media.ts'
import { useRows } from '../../ui/use-rows.ts'
import { endSelecting, showAmong, useUi } from './list-state.ts'
import { useOpenQuestId } from './open-quest.ts'
import { QuestRow } from './QuestRow.tsx'
import { type ListRows, layOutSections, type QuestSection } from './quest-sections.ts'
import { type OrderedRun, setOrderedRuns } from './reorder.ts'
import { type DropMark, useDragReorder } from './use-drag-reorder.ts'
import { useFocusActiveRow } from './use-focus-active-row.ts'

interface QuestListProps {
  readonly label: string
  readonly sections: readonly QuestSection[]
  readonly isToday: boolean
  readonly empty: ReactNode
}

/** A virtualised list of quests in sections. It owns its scroll area and tells keys what is visible. */
export function QuestList({ label, sections, isToday, empty }: QuestListProps) {
  const t = useTranslate()
  const scroller = useRef<HTMLDivElement>(null)
  const hintId = useId()
  const compact = usePreferences((preferences) => preferences.density === 'compact')
  const coarse = useMedia('(pointer: coarse)')
  const rows = useMemo(() => layOutSections(sections), [sections])
  const { visibleIds, runs } = rows
  const virtualizer = useRows({
    scroller,
    count: rows.count,
    keyAt: useCallback((index: number) => rows.keyAt(index) ?? index, [rows]),
    heightAt: (index) => (rows.isHeading(index) ? 44 : coarse ? 45 : compact ? 32 : 38),
  })
  const { dropMark, grab } = useDragReorder(scroller, runs)
  useFocusActiveRow(scroller, rows, virtualizer)
  useEffect(() => {
    useUi.setState({ visibleIds })
    setOrderedRuns(runs)
  }, [visibleIds, runs])
  useEffect(() => leaveList, [])
  useEffect(() => onReverted(showAmong), [])

  if (visibleIds.length === 0 && !sections.some((section) => section.onToggle !== undefined)) return empty
  return (
    <div ref={scroller} data-quest-list className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-6">
      <p id={hintId} className="sr-only">
        {t('list.hint')}
      </p>
      {visibleIds.length === 0 ? empty : null}
      <div data-rows className="relative" style={{ height: virtualizer.getTotalSize() }}>
        <VisibleSections
          label={label}
          hintId={hintId}
          sections={sections}
          rows={rows}
          items={virtualizer.getVirtualItems()}
          measure={virtualizer.measureElement}
          isToday={isToday}
          runs={runs}
          dropMark={dropMark}
          onGrab={grab}
        />
      </div>
    </div>
  )
}

/** Keys act on what is on screen: on a page without a list, on no row. */
function leaveList(): void {
  endSelecting()
  useUi.setState({ visibleIds: [] })
  setOrderedRuns([])
}

interface VisibleSectionsProps {
  readonly label: string
  readonly hintId: string
  readonly sections: readonly QuestSection[]
  readonly rows: ListRows
  readonly items: readonly VirtualItem[]
  readonly measure: (element: Element | null) => void
  readonly isToday: boolean
  readonly runs: readonly OrderedRun[]
  readonly dropMark: DropMark | null
  readonly onGrab: (id: QuestId, event: PointerEvent) => void
}

function VisibleSections(props: VisibleSectionsProps) {
  const { sections, rows, items } = props
  const openId = useOpenQuestId()
  const activeId = useUi((ui) => ui.activeId)
  const readOnly = useIsReadOnly()
  const shown = items.flatMap((item) => {
    const row = rows.rowAt(item.index)
    return row === undefined ? [] : [{ item, row }]
  })
  const stops = shown.flatMap(({ row }) => (row.kind === 'quest' ? [row.id] : []))
  const tabStop = activeId !== null && stops.includes(activeId) ? activeId : stops[0]
  return sections.map((section, at) => {
    const own = shown.filter(({ row }) => row.section === at)
    const heading = own.find(({ row }) => row.kind === 'heading')
    const canDrag = section.list !== null && !readOnly
    return (
      <section key={section.key} aria-label={section.title ?? props.label}>
        {heading === undefined ? null : (
          <div
            ref={props.measure}
            data-index={heading.item.index}
            data-row
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${heading.item.start}px)` }}
          >
            <SectionHeading section={section} />
          </div>
        )}
        <ul aria-label={section.title ?? props.label} aria-describedby={props.hintId}>
          {own.map(({ item, row }) =>
            row.kind === 'heading' ? null : (
              <li
                key={row.key}
                ref={props.measure}
                data-index={item.index}
                data-row
                aria-setsize={section.ids.length}
                aria-posinset={row.position}
                className={`absolute inset-x-0 top-0 ${dropMarkClass(props.dropMark, row.id)}`}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <QuestRow
                  id={row.id}
                  isToday={props.isToday}
                  isTabStop={row.id === tabStop}
                  isOpen={row.id === openId}
                  onGrab={canDrag ? props.onGrab : null}
                />
              </li>
            ),
          )}
        </ul>
      </section>
    )
  })
}

function dropMarkClass(mark: DropMark | null, id: QuestId): string {
  if (mark?.over !== id) return ''
  return mark.below ? 'z-20 shadow-[0_2px_0_var(--accent)]' : 'z-20 shadow-[0_-2px_0_var(--accent)]'
}

function SectionHeading({ section }: { readonly section: QuestSection }) {
  const t = useTranslate()
  const count = (
    <span className="font-normal text-soft tabular-nums">{t('list.count', { count: section.ids.length })}</span>
  )
  const style = `flex w-full items-baseline gap-2 px-4 pt-4 pb-1 text-start text-sm font-semibold pointer-coarse:pb-2.5 ${section.tone === 'danger' ? 'text-danger' : 'text-ink'}`
  if (section.onToggle === undefined)
    return (
      <h2 className={style}>
        {section.title} {count}
      </h2>
    )
  return (
    <h2>
      <button type="button" aria-expanded={!section.collapsed} onClick={section.onToggle} className={style}>
        <svg
          viewBox="0 0 10 10"
          aria-hidden="true"
          className={`size-2.5 fill-current ${section.collapsed ? 'rtl:rotate-180' : 'rotate-90'}`}
        >
          <path d="M3 1l5 4-5 4z" />
        </svg>
        {section.title} {count}
      </button>
    </h2>
  )
}
