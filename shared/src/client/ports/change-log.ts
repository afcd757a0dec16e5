import type { FieldValue, TableName } from '../../domain/kernel/record-write.ts'
import type { Stamp } from '../../store/stamp.ts'

/** The path under which a change of a quest's notes is kept; their text is not. */
export const NOTES_PATH = 'notes'

/** One change of one record, as this device saw it. */
export interface SeenChange {
  /** `lost`: a value of another device that did not come to hold, since the one here is later. */
  readonly change: 'created' | 'changed' | 'removed' | 'lost'
  /** Whether it was written on this device, in whichever tab, or came from the server. */
  readonly origin: 'own' | 'remote'
  readonly table: TableName
  readonly id: string
  /** The quest whose history it is part of. */
  readonly questId: string | null
  /** Null for a whole record. */
  readonly path: string | null
  /** What it replaced; of a lost one, the value that was lost. */
  readonly before: FieldValue
  /** What it put there; of a lost one, the value that stood. */
  readonly after: FieldValue
  readonly stamp: Stamp
  /** The stamp of what it replaced, or of what it lost to; null where there was nothing. */
  readonly otherStamp: Stamp | null
  /** When it was written, in milliseconds since the epoch, by the corrected clock of whoever wrote it. */
  readonly at: number
  /** When this device saw it, by its own corrected clock. */
  readonly seenAt: number
  /** Who was signed in here when it was written here; null where that is not known. */
  readonly by: string | null
  /** Whether it replaced what this device had written. Told by the log when it is read. */
  readonly replacedOwn: boolean
  /** Whether its entry only took the value over (R10); of lost ones. */
  readonly isCarried: boolean
  /** Whether a value was too large to keep: then neither is there. */
  readonly isCut: boolean
}

/** Where a change stands among others: `[stamp, table, id, path, origin]`. The same change has the same key in every tab. */
export type ChangeKey = readonly [Stamp, string, string, string, string]

/** A page of changes, the latest first; `next` is where to go on, null at the end. */
export interface ChangePage {
  readonly changes: readonly SeenChange[]
  readonly next: ChangeKey | null
}

/** Keeps what one workspace's devices did, as far as this device saw it: a bounded number of changes, the oldest go first. */
export interface ChangeLog {
  /** Begins to keep changes before it returns, where the device can be written at once. The same one twice is kept once. */
  add(changes: readonly SeenChange[]): void
  /** Resolves when all that was added is kept; rejects where it could not be. */
  settled(): Promise<void>
  /** All that is kept of one quest, the latest first. Rejects where the device cannot be read. */
  ofQuest(questId: string): Promise<readonly SeenChange[]>
  /** Changes of the whole workspace before a key, the latest first. Rejects where the device cannot be read. */
  latest(limit: number, before: ChangeKey | null): Promise<ChangePage>
  /** Calls back when changes were kept here. Returns the unsubscribe. */
  onAdded(listener: () => void): () => void
  /** Keeps what is left to keep and releases the log. */
  close(): Promise<void>
}

/** Opens the change log of a workspace, whatever document holds it now. */
export type OpenChangeLog = (workspaceId: string) => ChangeLog

/** The key of a change. */
export function changeKey({ stamp, table, id, path, origin, change }: SeenChange): ChangeKey {
  return [stamp, table, id, path ?? '', change === 'lost' ? 'lost' : origin]
}

/**
 * What the rows around a change say about it: whether it replaced what this device wrote; null for one that seems lost
 * and only came along with a later edit, and for one that is told already as this device's own. `find` looks up the own
 * change of a record under a stamp, or what holds a field, an own change first.
 */
export async function judgeChange(
  change: SeenChange,
  find: {
    readonly own: (stamp: Stamp, table: string, id: string) => Promise<boolean>
    readonly field: (stamp: Stamp, table: string, id: string, path: string) => Promise<SeenChange | undefined>
  },
): Promise<SeenChange | null> {
  const { table, id, path, otherStamp } = change
  if (otherStamp === null || path === null) return change
  if (change.change === 'lost') {
    const holder = await find.field(otherStamp, table, id, path)
    if (holder === undefined) return change.isCarried ? null : change
    return (holder.otherStamp ?? 0) >= change.stamp ? null : change
  }
  if (change.origin === 'own') return change
  const told = await find.field(change.stamp, table, id, path)
  if (told?.origin === 'own' && told.otherStamp === otherStamp) return null
  return (await find.own(otherStamp, table, id)) ? { ...change, replacedOwn: true } : change
}
