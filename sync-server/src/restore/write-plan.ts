import type { FieldValue, RecordWrite } from '@questlog/shared/domain/kernel/record-write'
import type { DocumentThread } from '../log/thread/document-thread.ts'
import { mergeTask } from '../log/updates/update-tasks.ts'
import type { Draft } from '../read-model/workspace-store.ts'
import { pause } from './pause.ts'
import type { RestorePlan } from './restore-plan.ts'

const RECORDS_PER_WRITE = 500
const NOTES_PER_WRITE = 100
/** Far below what one entry may hold [R3]: a record may be more than one entry. */
const FIELDS_PER_ENTRY = 1_000
const JSON_PER_ENTRY = 64 * 1024

/** What a plan is written to. */
export type PlanTarget = Pick<Draft, 'write' | 'setNotes' | 'joinWritten'>

interface WriteDeps {
  readonly thread: DocumentThread
  /** Ends it between two pieces, with its reason, when the process stops. */
  readonly stopping: AbortSignal
}

/** Writes a plan in pieces, with a pause after each; all of them are one update of the log. */
export async function writePlan(draft: PlanTarget, plan: RestorePlan, { thread, stopping }: WriteDeps): Promise<void> {
  let piece = new Map<string, RecordWrite>()
  const flush = async (): Promise<void> => {
    if (piece.size > 0) draft.write([...piece.values()])
    piece = new Map()
    await pause()
    stopping.throwIfAborted()
  }
  for (const write of plan.writes.flatMap(entriesOf)) {
    const key = `${write.table} ${write.id}`
    if (piece.size >= RECORDS_PER_WRITE || piece.has(key)) await flush()
    piece.set(key, write)
  }
  await flush()
  const notes = [...plan.notes]
  for (let start = 0; start < notes.length; start += NOTES_PER_WRITE) {
    draft.setNotes(notes.slice(start, start + NOTES_PER_WRITE))
    await pause()
    stopping.throwIfAborted()
  }
  if (plan.writes.length + notes.length > RECORDS_PER_WRITE)
    await draft.joinWritten((parts) => thread.run(mergeTask, parts))
}

/** A write as several that each fit an entry. A single field never grows beyond what an entry held before. */
function entriesOf(write: RecordWrite): readonly RecordWrite[] {
  const fields = Object.entries(write.patch)
  const parts: RecordWrite[] = []
  let part: { [path: string]: FieldValue } = {}
  let [count, length] = [0, 0]
  for (const [path, value] of fields) {
    const size = path.length + JSON.stringify(value).length
    if (count > 0 && (count >= FIELDS_PER_ENTRY || length + size > JSON_PER_ENTRY)) {
      parts.push({ ...write, patch: part })
      part = {}
      count = 0
      length = 0
    }
    part[path] = value
    count += 1
    length += size
  }
  return [...parts, { ...write, patch: part }]
}
