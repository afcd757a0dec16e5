import { defaultRangeExtractor, type Range, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'
import { placeHere } from './history-places.ts'
import { useFollowedScroll } from './use-kept-scroll.ts'
import { useIsPrinting } from './use-printing.ts'

interface RowsOptions {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly count: number
  /** The same function for the same rows: another one makes the virtualizer lay out every row again. */
  readonly keyAt: (index: number) => string | number
  /** About how high a row is, in pixels, before it was drawn. */
  readonly heightAt: (index: number) => number
}

/**
 * Rows of which only those on screen are drawn, and all of them for paper. They come back scrolled to where they were
 * left, for each entry of the history.
 */
export function useRows({ scroller, count, keyAt, heightAt }: RowsOptions): Virtualizer<HTMLDivElement, Element> {
  const isPrinting = useIsPrinting()
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    getItemKey: keyAt,
    estimateSize: heightAt,
    overscan: 10,
    initialOffset: () => keptOffset(count, keyAt, heightAt),
    rangeExtractor: isPrinting ? everyIndex : defaultRangeExtractor,
  })
  useFollowedScroll(scroller, (top) => {
    const item = virtualizer.getVirtualItemForOffset(top)
    return item === undefined ? { row: null, by: top } : { row: String(item.key), by: top - item.start }
  })
  return virtualizer
}

/** From the top to where the list was left, by how high rows are before they are drawn. */
function keptOffset(count: number, keyAt: (index: number) => string | number, heightAt: (index: number) => number) {
  const place = placeHere()
  if (place === null || place.row === null) return 0
  let offset = 0
  for (let index = 0; index < count; index += 1) {
    if (String(keyAt(index)) === place.row) return offset + place.by
    offset += heightAt(index)
  }
  return 0
}

function everyIndex({ count }: Range): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
