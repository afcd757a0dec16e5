import type { QuestId } from '@questlog/shared/domain/ids'
import { useEffect, useMemo, useRef } from 'react'
import { useUi } from '../../app/ui-store.ts'

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
  if (held.size === 0) return next
  const present = new Set(next)
  const missing = shown.filter((id) => held.has(id) && !present.has(id))
  if (missing.length === 0) return next
  const settled = [...next]
  for (const id of missing) {
    const at = shown.indexOf(id)
    const before = shown.slice(0, at).findLast((other) => present.has(other))
    settled.splice(before === undefined ? 0 : settled.indexOf(before) + 1, 0, id)
    present.add(id)
  }
  return settled
}
