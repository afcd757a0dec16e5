import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { useEffect, useMemo, useRef } from 'react'
import { useUi } from './list-state.ts'

/** A list's ids in which quests completed a moment ago still hold their old place. */
export function useSettledIds(ids: readonly QuestId[]): readonly QuestId[] {
  const celebrating = useUi((ui) => ui.celebrating)
  const shown = useRef(ids)
  const settled = useMemo(() => keepInPlace(shown.current, ids, celebrating), [ids, celebrating])
  useEffect(() => {
    shown.current = settled
  }, [settled])
  return settled
}

/** The new ids plus those held ones that were shown before, each after the neighbour it had. */
export function keepInPlace(
  shown: readonly QuestId[],
  next: readonly QuestId[],
  held: ReadonlySet<QuestId>,
): readonly QuestId[] {
  // Few are held and the lists may be long, so nothing is made of the whole lists unless one is missing.
  const missing = [...held]
    .filter((id) => shown.includes(id) && !next.includes(id))
    .sort((idA, idB) => shown.indexOf(idA) - shown.indexOf(idB))
  if (missing.length === 0) return next
  const settled = [...next]
  for (const id of missing) {
    const before = shown.slice(0, shown.indexOf(id)).findLast((other) => settled.includes(other))
    settled.splice(before === undefined ? 0 : settled.indexOf(before) + 1, 0, id)
  }
  return settled
}
