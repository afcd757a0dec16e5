import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { type PointerEvent, type RefObject, useCallback, useRef, useState } from 'react'
import { useWorkspace } from '../../session/workspace-context.ts'
import { type OrderedRun, reorderTo } from './reorder.ts'

/** Where a dragged row would land: a line above or below the row of `over`. */
export interface DropMark {
  readonly over: QuestId
  readonly below: boolean
}

const edgePx = 48
const scrollPxPerFrame = 9

/** Drags rows by their handle with any pointer; Escape or a lost pointer leaves the order as it was. */
export function useDragReorder(scroller: RefObject<HTMLElement | null>, runs: readonly OrderedRun[]) {
  const workspace = useWorkspace()
  const [dropMark, setDropMark] = useState<DropMark | null>(null)
  const latestRuns = useRef(runs)
  latestRuns.current = runs

  const grab = useCallback(
    (id: QuestId, event: PointerEvent) => {
      const run = latestRuns.current.find((candidate) => candidate.ids.includes(id))
      const area = scroller.current
      if (run === undefined || area === null || event.button !== 0) return
      event.preventDefault()
      let pointerY = event.clientY
      let mark: DropMark | null = null
      let frame = 0

      const follow = () => {
        const box = area.getBoundingClientRect()
        if (pointerY < box.top + edgePx) area.scrollBy(0, -scrollPxPerFrame)
        else if (pointerY > box.bottom - edgePx) area.scrollBy(0, scrollPxPerFrame)
        mark = dropMarkAt(area, run, pointerY) ?? mark
        setDropMark((shown) => (shown?.over === mark?.over && shown?.below === mark?.below ? shown : mark))
        frame = requestAnimationFrame(follow)
      }
      const end = (keep: boolean) => {
        cancelAnimationFrame(frame)
        stop.abort()
        setDropMark(null)
        if (!keep || mark === null || mark.over === id) return
        const others = latestRuns.current.find((now) => now.ids.includes(id))?.ids.filter((other) => other !== id)
        const at = others?.indexOf(mark.over) ?? -1
        if (at !== -1) reorderTo(workspace, run, id, mark.below ? at + 1 : at)
      }
      const stop = new AbortController()
      const { signal } = stop
      window.addEventListener('pointermove', (move) => (pointerY = move.clientY), { signal })
      window.addEventListener('pointerup', () => end(true), { signal })
      window.addEventListener('pointercancel', () => end(false), { signal })
      window.addEventListener(
        'keydown',
        (key) => {
          if (key.key !== 'Escape') return
          key.stopPropagation()
          end(false)
        },
        { signal, capture: true },
      )
      frame = requestAnimationFrame(follow)
    },
    [workspace, scroller],
  )
  return { dropMark, grab }
}

function dropMarkAt(area: HTMLElement, run: OrderedRun, pointerY: number): DropMark | null {
  for (const row of area.querySelectorAll<HTMLElement>('[data-quest]')) {
    const box = row.getBoundingClientRect()
    if (pointerY < box.top || pointerY >= box.bottom) continue
    const over = run.ids.find((id) => id === row.dataset.quest)
    return over === undefined ? null : { over, below: pointerY > box.top + box.height / 2 }
  }
  return null
}
