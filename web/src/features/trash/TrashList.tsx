import { type KeyboardEvent, useCallback, useId, useRef } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { focusInstead } from '../../ui/focus.ts'
import { useRows } from '../../ui/use-rows.ts'
import type { TrashRow } from './split-trash.ts'
import { TrashLine } from './TrashLine.tsx'

interface TrashListProps {
  readonly label: string
  readonly rows: readonly TrashRow[]
  /** Which rows are chosen by id, and how to choose one or not; without it none can be. */
  readonly choice?: { readonly ids: ReadonlySet<string>; readonly toggle: (id: string) => void }
}

/** Lines of the Trash: arrow keys move from one to the next, and Delete asks whether to remove it for good. */
export function TrashList({ label, rows, choice }: TrashListProps) {
  const t = useTranslate()
  const hintId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useRows({
    scroller,
    count: rows.length,
    keyAt: useCallback((index: number) => rows[index]?.id ?? index, [rows]),
    heightAt: () => 57,
  })
  const linkAt = (index: number) =>
    scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-trashed]`) ?? null
  const focusAt = (index: number) => {
    virtualizer.scrollToIndex(Math.max(0, index), { align: 'auto' })
    focusInstead(
      () => linkAt(index) ?? [...(scroller.current?.querySelectorAll<HTMLElement>('[data-trashed]') ?? [])].at(-1),
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event
    const line = target instanceof HTMLElement && target.matches('[data-trashed]') ? target.closest('li') : null
    if (line === null) return
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const next = Number(line.dataset.index) + by
    if (by !== 0 && next >= 0 && next < rows.length) focusAt(next)
    else if (event.key === 'Delete' && !event.repeat) line.querySelector<HTMLElement>('[data-purge]')?.click()
    else return
    event.preventDefault()
  }
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto pb-6">
      <p id={hintId} className="sr-only">
        {t('trash.hint')}
      </p>
      <ul
        aria-label={label}
        aria-describedby={hintId}
        data-rows
        className="relative max-w-[69rem]"
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index]
          return row === undefined ? null : (
            <li
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              data-row
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <TrashLine
                row={row}
                isChosen={choice?.ids.has(row.id) ?? null}
                onChoose={() => choice?.toggle(row.id)}
                onGone={() => focusAt(item.index)}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
