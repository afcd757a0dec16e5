import type * as Y from 'yjs'
import type { FieldValue } from '../../domain/kernel/record-write.ts'
import { isReadTable, type ReadTable, recordKinds, requiredFields } from '../../domain/kinds/record-kinds.ts'
import type { MergedRecord } from '../../store/merge-watch.ts'
import { NOTE_PREFIX } from '../../store/note-stream.ts'
import type { FieldChange, QuestDocument, WriteReceipt } from '../../store/quest-document.ts'
import { COUNTER_STEPS, type Stamp, stampTimeMs } from '../../store/stamp.ts'
import { rootName } from '../../store/yjs-root-names.ts'
import { type ChangeLog, NOTES_PATH, type SeenChange } from '../ports/change-log.ts'
import { FromServer } from '../ports/local-store.ts'

export interface RecordChangesDeps {
  readonly document: QuestDocument
  readonly log: ChangeLog
  readonly userId: () => string | null
  /** Whether what comes from the server is news by now, and not the first load of a document; what it overrides always is. */
  readonly isLoaded: () => boolean
}

/** Records that come in one transaction beyond which they are an import or another device's log, not things that happened. */
const CREATED_AT_ONCE = 200
const CHANGES_AT_ONCE = 2000
/** Characters of JSON. */
const VALUE_SIZE = 4000
const NOTE_PAUSE_MS = 5 * 60_000

/**
 * Keeps every change of the document in the change log: what is written in this tab, what comes from the server over
 * this tab's connection, and what gave way when another log was merged in. It is handed to the log before the turn ends
 * in which the document's own row is written. What other tabs of this device write they keep themselves. Returns the way
 * to stop.
 */
export function recordChanges({ document, log, userId, isLoaded }: RecordChangesDeps): () => void {
  const keep = (changes: readonly SeenChange[]) => {
    const kept = bounded(changes)
    if (kept.length > 0) log.add(kept)
  }
  const stopWrites = document.onWrite((receipt) => {
    keep(changesOfWrite(receipt, { seenAt: document.timeMs(), by: userId() }))
  })
  const stopMerges = document.onMerge((records, origin) => {
    if (!(origin instanceof FromServer) && origin !== document) return
    const seenAt = document.timeMs()
    const news = origin === document || isLoaded() ? records : records.filter(({ wasVisible }) => wasVisible)
    keep(news.flatMap((record) => changesOfMerge(record, seenAt)))
  })
  const questOfNote = (type: object): string | null => {
    const name = rootName(type)
    return name?.startsWith(NOTE_PREFIX) ? name.slice(NOTE_PREFIX.length) : null
  }
  const onTransaction = (transaction: Y.Transaction) => {
    const isRemote = transaction.origin instanceof FromServer
    if (isRemote ? !isLoaded() : !transaction.local) return
    for (const type of transaction.changed.keys()) {
      const questId = questOfNote(type)
      if (questId !== null) {
        keep([noteChange(questId, isRemote ? 'remote' : 'own', document.timeMs(), isRemote ? null : userId())])
      }
    }
  }
  document.doc.on('afterTransaction', onTransaction)
  return () => {
    stopWrites()
    stopMerges()
    document.doc.off('afterTransaction', onTransaction)
  }
}

function bounded(changes: readonly SeenChange[]): readonly SeenChange[] {
  const created = changes.filter(({ change }) => change === 'created').length
  const kept = created > CREATED_AT_ONCE ? changes.filter(({ change }) => change !== 'created') : changes
  return kept.length > CHANGES_AT_ONCE ? kept.slice(0, CHANGES_AT_ONCE) : kept
}

type Common = Pick<SeenChange, 'origin' | 'table' | 'id' | 'questId' | 'seenAt' | 'by'>
interface Field {
  readonly path: string
  readonly before: FieldValue
  readonly beforeStamp: Stamp | null
  readonly after: FieldValue
}

function changesOfWrite({ stamp, changes }: WriteReceipt, who: Pick<Common, 'seenAt' | 'by'>): readonly SeenChange[] {
  const byRecord = new Map<string, FieldChange[]>()
  for (const change of changes) {
    const key = `${change.table} ${change.id}`
    const known = byRecord.get(key)
    if (known === undefined) byRecord.set(key, [change])
    else known.push(change)
  }
  return [...byRecord.values()].flatMap((fields) => {
    const [first] = fields
    // Of the other tables nobody would look for a change.
    if (first === undefined || !isReadTable(first.table)) return []
    const { table, id } = first
    const common = { ...who, origin: 'own', table, id, questId: questOf(table, id, fields) } as const
    const paths = requiredFields(table)
    const required = fields.filter(({ path }) => paths.includes(path))
    const isWhole = required.length === paths.length
    if (isWhole && required.every(({ before }) => before === null)) return [whole('created', common, stamp)]
    if (required.some(({ after, before }) => after === null && before !== null))
      return [whole('removed', common, stamp)]
    return fieldChanges(
      fields.map((field) => ({ ...field, stamp })),
      common,
    )
  })
}

function changesOfMerge(record: MergedRecord, seenAt: number): readonly SeenChange[] {
  const { table, id, fields, wasVisible, isVisible } = record
  if (!isReadTable(table) || (!wasVisible && !isVisible)) return []
  const common = { origin: 'remote', table, id, questId: questOf(table, id, fields), seenAt, by: null } as const
  const lost = record.lost.map((field) =>
    change(common, {
      change: 'lost',
      path: field.path,
      before: field.value,
      after: field.kept,
      stamp: field.stamp,
      otherStamp: field.keptStamp,
      isCarried: field.isCarried,
    }),
  )
  const latest = fields.reduce((greatest, { stamp }) => Math.max(greatest, stamp), 0)
  if (!wasVisible) return [whole('created', common, latest), ...lost]
  if (!isVisible) return [whole('removed', common, latest)]
  return [...fieldChanges(fields, common), ...lost]
}

function fieldChanges(fields: readonly (Field & { readonly stamp: Stamp })[], common: Common): readonly SeenChange[] {
  return fields
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
    .map(({ path, before, after, stamp, beforeStamp }) =>
      change(common, { change: 'changed', path, before, after, stamp, otherStamp: beforeStamp, isCarried: false }),
    )
}

function whole(kind: 'created' | 'removed', common: Common, stamp: Stamp): SeenChange {
  const nothing = { path: null, before: null, after: null, otherStamp: null, isCarried: false }
  return change(common, { change: kind, stamp, ...nothing })
}

function change(
  common: Common,
  own: Pick<SeenChange, 'change' | 'path' | 'before' | 'after' | 'stamp' | 'otherStamp' | 'isCarried'>,
): SeenChange {
  const isCut = JSON.stringify([own.before, own.after]).length > VALUE_SIZE
  const values = isCut ? { before: null, after: null } : {}
  return { ...common, ...own, ...values, at: stampTimeMs(own.stamp), replacedOwn: false, isCut }
}

/** One a person and five minutes: typing is a transaction a letter. */
function noteChange(questId: string, origin: SeenChange['origin'], nowMs: number, by: string | null): SeenChange {
  const at = Math.floor(nowMs / NOTE_PAUSE_MS) * NOTE_PAUSE_MS
  const common = { origin, table: 'quests', id: questId, questId, seenAt: nowMs, by } as const
  const stamp = at * COUNTER_STEPS
  const nothing = { before: null, after: null, otherStamp: null, isCarried: false }
  return { ...change(common, { change: 'changed', path: NOTES_PATH, stamp, ...nothing }), at: nowMs }
}

function questOf(table: ReadTable, id: string, fields: readonly Field[]): string | null {
  const known = fields.map(({ path, before, after }): [string, FieldValue] => [path, after ?? before])
  return recordKinds[table].questOf(id, Object.fromEntries(known))
}
