import type { Command } from '@questlog/shared/domain/commands/commands'
import { type RecordId, storedId } from '@questlog/shared/domain/kernel/ids'

/** Where a record goes that is to come right after another, or first for null; null where it is there already. */
export function placeAfter<Id extends string>(
  ids: readonly Id[],
  id: Id,
  after: Id | null,
): { readonly after: Id | null; readonly before: Id | null } | null {
  const previous = ids[ids.indexOf(id) - 1] ?? null
  if (after === id || (ids.includes(id) && after === previous)) return null
  return after === null ? { after: null, before: ids.find((other) => other !== id) ?? null } : { after, before: null }
}

/** A record's edit and, where it is to stand elsewhere among others of its kind, the command that puts it there. */
export function editAndPlace<Id extends RecordId>(
  edited: Command,
  { id, after, among }: { readonly id: Id; readonly after: string | null | undefined; readonly among: readonly Id[] },
  reorder: (place: { readonly after: Id | null; readonly before: Id | null }) => Command,
): readonly Command[] {
  const place = after === undefined ? null : placeAfter(among, id, after === null ? null : storedId<Id>(after))
  return place === null ? [edited] : [edited, reorder(place)]
}
