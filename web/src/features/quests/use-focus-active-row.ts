import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useRef } from 'react'
import { useUi } from '../../app/ui-store.ts'
import type { ListRows } from './quest-sections.ts'

/** Scrolls to the active row whenever it is to be seen, and focuses its title whenever keys ask for it. */
export function useFocusActiveRow(
  scroller: RefObject<HTMLElement | null>,
  rows: ListRows,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
): void {
  const latest = useRef({ rows, virtualizer })
  latest.current = { rows, virtualizer }
  useEffect(
    () =>
      useUi.subscribe((ui, before) => {
        const id = ui.activeId
        if (id === null) return
        const show = () => {
          const index = latest.current.rows.indexOf(id)
          if (index !== -1) latest.current.virtualizer.scrollToIndex(index, { align: 'auto' })
        }
        // A quest just written is in the list from the next frame on.
        if (ui.revealRequest !== before.revealRequest) requestAnimationFrame(show)
        if (ui.focusRequest === before.focusRequest) return
        show()
        focusWhenRendered(scroller, id, 10)
      }),
    [scroller],
  )
}

/** A row scrolled to is rendered some frames later; what became active or opened meanwhile keeps the focus. */
function focusWhenRendered(scroller: RefObject<HTMLElement | null>, id: string, frames: number): void {
  requestAnimationFrame(() => {
    const { activeId, dialog } = useUi.getState()
    if (activeId !== id || dialog !== null) return
    const link = scroller.current?.querySelector<HTMLElement>(`[data-quest="${CSS.escape(id)}"] a`)
    if (link) link.focus({ preventScroll: true })
    else if (frames > 0) focusWhenRendered(scroller, id, frames - 1)
  })
}
