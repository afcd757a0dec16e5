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
