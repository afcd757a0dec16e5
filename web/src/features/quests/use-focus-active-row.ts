import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { useDialog } from '../../ui/dialogs.ts'
import { useUi } from './list-state.ts'
import type { ListRows } from './quest-sections.ts'

/** Scrolls to the active row whenever it is to be seen, and focuses its title whenever keys ask for it. */
export function useFocusActiveRow(
  scroller: RefObject<HTMLElement | null>,
  rows: ListRows,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
): void {
  const revealRequest = useUi((ui) => ui.revealRequest)
  const revealed = useRef(revealRequest)
  const latest = useRef({ rows, virtualizer })
  latest.current = { rows, virtualizer }
  // With the rows that a quest just written is among, and no frame later: a person may have scrolled on by then.
  useLayoutEffect(() => {
    if (revealRequest === revealed.current) return
    revealed.current = revealRequest
    scrollTo(rows, virtualizer, useUi.getState().activeId)
  }, [revealRequest, rows, virtualizer])
  useEffect(
    () =>
      useUi.subscribe((ui, before) => {
        const id = ui.activeId
        if (id === null || ui.focusRequest === before.focusRequest) return
        scrollTo(latest.current.rows, latest.current.virtualizer, id)
        focusWhenRendered(scroller, id, 10)
      }),
    [scroller],
  )
}

function scrollTo(rows: ListRows, virtualizer: Virtualizer<HTMLDivElement, Element>, id: QuestId | null): void {
  const index = id === null ? -1 : rows.indexOf(id)
  if (index !== -1) virtualizer.scrollToIndex(index, { align: 'auto' })
}

/** A row scrolled to is rendered some frames later; what became active or opened meanwhile keeps the focus. */
function focusWhenRendered(scroller: RefObject<HTMLElement | null>, id: string, frames: number): void {
  requestAnimationFrame(() => {
    if (useUi.getState().activeId !== id || useDialog.getState().Dialog !== null) return
    const link = scroller.current?.querySelector<HTMLElement>(`[data-quest="${CSS.escape(id)}"] a`)
    if (link) link.focus({ preventScroll: true })
    else if (frames > 0) focusWhenRendered(scroller, id, frames - 1)
  })
}
