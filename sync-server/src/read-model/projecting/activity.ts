import type { FieldValue } from '@questlog/shared/domain/kernel/record-write'
import { isReadTable, recordKinds } from '@questlog/shared/domain/kinds/record-kinds'
import { compareValues } from '@questlog/shared/store/canonical-json'
import { type FoldedRecord, valueIn } from '@questlog/shared/store/fold'
import type { NoteChange, RecordChange, ReplicaChanges } from '../../log/replicas/replica.ts'
import { key } from '../indexers/column-values.ts'
import type { WorkspaceSeq } from '../workspace-store.ts'

/** An update of the log by who wrote it, and when. */
export interface Authorship {
  readonly seq: WorkspaceSeq
  readonly userId: string
  readonly at: Date
}

/** A row of `activity` without its workspace. */
export interface ActivityEntry {
  readonly seq: WorkspaceSeq
  readonly n: number
  readonly at: string
  readonly user_id: string
  readonly change: 'created' | 'changed' | 'removed'
  readonly kind: string
  readonly record_id: string
  readonly quest_id: string | null
  readonly field: string | null
  readonly before: FieldValue
  readonly after: FieldValue
}

export const NOTES = 'notes'

/** The kind of activity that is about a workspace as a whole: that it was put back. */
export const WORKSPACE = 'workspace'

/** What an update did, as activity: a row for each record that came or went, and for each field that changed. */
export function activityOf(changes: ReplicaChanges, by: Authorship): readonly ActivityEntry[] {
  const entries: ActivityEntry[] = []
  const common = { seq: by.seq, at: by.at.toISOString(), user_id: by.userId }
  for (const change of changes.records) {
    if (!isReadTable(change.table)) continue
    const questId = recordKinds[change.table].questOf(change.id, change.after ?? change.before ?? {})
    const about = {
      ...common,
      kind: change.table,
      record_id: key(change.id),
      quest_id: questId === null ? null : key(questId),
    }
    for (const each of fieldsOf(change)) entries.push({ ...about, ...each, n: entries.length })
  }
  const gone = new Set(changes.records.filter(({ table, after }) => table === 'quests' && !after).map(({ id }) => id))
  for (const [id, lengths] of changes.notes) {
    const about = { kind: 'quests', record_id: key(id), quest_id: key(id), field: NOTES }
    entries.push({ ...common, ...about, n: entries.length, ...noteChange(lengths, gone.has(id)) })
  }
  return entries
}

/** A loss of fewer characters than this is not reported. */
const CUT_LENGTH = 20

/**
 * Notes that lose more than half of their text at once are reported as removed, with how long they were and are. Not
 * those that go with their quest, which says so already.
 */
function noteChange(
  { before, after }: NoteChange,
  isQuestGone: boolean,
): Pick<ActivityEntry, 'change' | 'before' | 'after'> {
  const isCut = !isQuestGone && before - after >= CUT_LENGTH && after < before / 2
  return isCut ? { change: 'removed', before, after } : { change: 'changed', before: null, after: null }
}

type FieldEntry = Pick<ActivityEntry, 'change' | 'field' | 'before' | 'after'>

function fieldsOf({ before, after }: RecordChange): readonly FieldEntry[] {
  if (before === undefined) return [{ change: 'created', field: null, before: null, after: after ?? null }]
  if (after === undefined) return [{ change: 'removed', field: null, before, after: null }]
  return changedPaths(before, after).map((path) => ({
    change: 'changed',
    field: key(path),
    before: valueIn(before, path),
    after: valueIn(after, path),
  }))
}

// Sorted, so that the order of two devices' entries in the log's document does not show.
function changedPaths(before: FoldedRecord, after: FoldedRecord): readonly string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return paths.filter((path) => compareValues(valueIn(before, path), valueIn(after, path)) !== 0)
}
