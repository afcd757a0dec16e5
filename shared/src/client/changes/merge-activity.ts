import type { FieldValue } from '../../domain/kernel/record-write.ts'
import { canonicalJson } from '../../store/canonical-json.ts'
import { changeKey, NOTES_PATH, type SeenChange } from '../ports/change-log.ts'
import type { ToldChange } from '../rest/activity.ts'

/** Who made a change: somebody the server names, this device, or some other device. */
export type ChangeAuthor =
  | { readonly kind: 'user'; readonly userId: string; readonly isThisDevice: boolean }
  | { readonly kind: 'this-device' }
  | { readonly kind: 'unknown' }

/** One change as a person sees it. */
export interface HistoryItem {
  readonly key: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly change: SeenChange['change']
  /** `quests`, `completions` … */
  readonly table: string
  readonly id: string
  readonly questId: string | null
  readonly path: string | null
  /** Where the workspace stood after it, in the history of the server; null for what the server does not tell. */
  readonly seq: number | null
  /** Of a lost change: the value that was lost, and the one that stood. Of a record that was removed: its fields. */
  readonly before: FieldValue
  readonly after: FieldValue
  readonly author: ChangeAuthor
  /** Whether it replaced what this device had written. */
  readonly replacedOwn: boolean
  /** Whether the values were too large to keep. */
  readonly isCut: boolean
}

/** How far the clocks of a device and of the server may be apart for one change to be the same to both. */
const TOLERANCE_MS = 5 * 60_000

/**
 * Puts what this device saw and what the server tells together, the latest first: each change once. What both know has
 * the time at which it was written, from here, and the author from there.
 */
export function mergeActivity(seen: readonly SeenChange[], told: readonly ToldChange[]): readonly HistoryItem[] {
  const unmatched = new Map<string, ToldChange[]>()
  for (const each of [...told].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.seq - b.seq || a.n - b.n)) {
    const signature = signatureOfTold(each)
    const known = unmatched.get(signature)
    if (known === undefined) unmatched.set(signature, [each])
    else known.push(each)
  }
  const items = [...seen]
    .sort((a, b) => a.at - b.at)
    .map((change) => itemFromSeen(change, takeMatch(unmatched, change)))
  for (const each of [...unmatched.values()].flat()) items.push(itemFromTold(each))
  return items.sort((a, b) => b.at - a.at || (a.key < b.key ? 1 : -1))
}

function takeMatch(unmatched: Map<string, ToldChange[]>, change: SeenChange): ToldChange | null {
  const isLost = change.change === 'lost'
  const value = isLost ? change.before : change.after
  const kind = isLost ? 'changed' : change.change
  const candidates = unmatched.get(signatureOf(change.table, change.id, kind, change.path, value)) ?? []
  const tolerance = change.path === NOTES_PATH ? 2 * TOLERANCE_MS : TOLERANCE_MS
  // What was written here offline reaches the server at any time later; what came from there was there before.
  const until = change.origin === 'own' ? Number.POSITIVE_INFINITY : change.seenAt + tolerance
  const distance = ({ at }: ToldChange) => Math.abs(Date.parse(at) - change.at)
  const [nearest] = candidates
    .filter(({ at }) => Date.parse(at) >= change.at - tolerance && Date.parse(at) <= until)
    .sort((a, b) => distance(a) - distance(b))
  if (nearest === undefined) return null
  candidates.splice(candidates.indexOf(nearest), 1)
  return nearest
}

// Only the server says that most of a note went: a device just knows that it changed.
function signatureOfTold({ kind, recordId, change, field, after }: ToldChange): string {
  if (field === NOTES_PATH) return signatureOf(kind, recordId, 'changed', field, null)
  return signatureOf(kind, recordId, change, field, after)
}

function signatureOf(table: string, id: string, change: string, path: string | null, after: FieldValue): string {
  const value = path === null ? null : after
  return canonicalJson([table, id, change, path, value])
}

function itemFromSeen(change: SeenChange, match: ToldChange | null): HistoryItem {
  const { at, table, id, questId, path, replacedOwn, isCut } = change
  const isRemoval = match?.change === 'removed'
  const { before, after } = isRemoval ? match : change
  const isThisDevice = change.origin === 'own'
  const userId = match?.userId ?? change.by
  const author: ChangeAuthor =
    userId !== null ? { kind: 'user', userId, isThisDevice } : { kind: isThisDevice ? 'this-device' : 'unknown' }
  const key = canonicalJson([...changeKey(change)])
  const seq = match?.seq ?? null
  const kind = isRemoval ? match.change : change.change
  return { key, at, change: kind, table, id, questId, path, seq, before, after, author, replacedOwn, isCut }
}

function itemFromTold(told: ToldChange): HistoryItem {
  const isWhole = told.field === null
  return {
    key: `${told.workspaceId} ${told.seq} ${told.n}`,
    at: Date.parse(told.at),
    change: told.change,
    table: told.kind,
    id: told.recordId,
    questId: told.questId,
    path: told.field,
    seq: told.seq,
    before: isWhole && told.change !== 'removed' ? null : told.before,
    after: isWhole ? null : told.after,
    author: { kind: 'user', userId: told.userId, isThisDevice: false },
    replacedOwn: false,
    isCut: false,
  }
}
