import { isKeyed } from '@questlog/shared/domain/fields/field'
import type { FieldValue, TableName } from '@questlog/shared/domain/kernel/record-write'
import { isReadTable, recordKinds } from '@questlog/shared/domain/kinds/record-kinds'
import { questFields } from '@questlog/shared/domain/quest/quest-fields'
import type { Restorable } from '@questlog/shared/protocol/restore'
import { type FoldedRecord, valueIn } from '@questlog/shared/store/fold'
import type { Draft } from '../read-model/workspace-store.ts'
import { isBroughtBack } from './brought-back.ts'
import { pastRecord } from './past.ts'
import { inPieces } from './pause.ts'
import type { PlanContext } from './plan-workspace.ts'
import { PlanBuilder, type RestorePlan } from './restore-plan.ts'
import { type RecordRef, whatBelongsTo } from './what-belongs.ts'

/** Puts single records back with what belongs to them. What was made since stays. */
export async function planRecords(
  draft: Draft,
  named: readonly Restorable[],
  context: PlanContext,
): Promise<RestorePlan> {
  const { past, broughtBack } = context
  const plan = new PlanBuilder(past, draft)
  const { records, quests } = await whatBelongsTo(named.filter(isRecord), draft, context)
  await inPieces(records, ({ table, id }) => {
    if (pastRecord(past, table, id) !== undefined) plan.putBack(table, id)
    else if (isBroughtBack(broughtBack, table, id)) plan.clear(table, id)
  })
  for (const { table, id } of named) if (table === 'notes') plan.putNoteBack(id)
  await inPieces(quests, (id) => {
    if (pastRecord(past, 'quests', id) !== undefined) plan.putNoteBack(id)
  })
  await putBackOnQuests(plan, draft, named.filter(isRecord), context)
  return plan
}

/** The first of the records named that was not there at that moment; null where all were. */
export function firstUnknown(named: readonly Restorable[], { past, broughtBack }: PlanContext): number | null {
  const index = named.findIndex(({ table, id }) => {
    const record = table === 'notes' ? 'quests' : table
    return pastRecord(past, record, id) === undefined && !isBroughtBack(broughtBack, record, id)
  })
  return index < 0 ? null : index
}

function isRecord(ref: Restorable): ref is Restorable & RecordRef {
  return ref.table !== 'notes'
}

/**
 * Removing a tag, section or category takes it off its quests [R23], so one that comes back is put on them again, and
 * one that goes again is taken off.
 */
async function putBackOnQuests(
  plan: PlanBuilder,
  draft: Draft,
  named: readonly RecordRef[],
  { past }: PlanContext,
): Promise<void> {
  const fieldsOf = (refs: readonly RecordRef[]) => refs.flatMap(({ table, id }) => fieldNaming(table, id))
  const coming = fieldsOf(named.filter(({ table, id }) => draft.record(table, id) === undefined))
  const going = fieldsOf(named.filter(({ table, id }) => pastRecord(past, table, id) === undefined))
  if (coming.length + going.length === 0) return
  await inPieces(draft.ids('quests'), (id) => {
    const was = pastRecord(past, 'quests', id)
    const is = draft.record('quests', id)
    if (was === undefined || is === undefined) return
    const patch: { [path: string]: FieldValue } = {}
    for (const { path, value } of coming) {
      if (isHeld(was, path, value) && valueIn(is, path) === null && isSamePlace(path, was, is)) patch[path] = value
    }
    for (const { path, value } of going) if (isHeld(is, path, value)) patch[path] = valueIn(was, path)
    plan.write({ table: 'quests', id, patch }, 'changed')
  })
}

interface NamingField {
  readonly path: string
  readonly value: FieldValue
}

function fieldNaming(table: TableName, id: string): readonly NamingField[] {
  const field = isReadTable(table) ? recordKinds[table].heldBy : null
  if (field === null) return []
  return [isKeyed(questFields[field]) ? { path: `${field}/${id}`, value: true } : { path: field, value: id }]
}

function isHeld(record: FoldedRecord, path: string, value: FieldValue): boolean {
  return valueIn(record, path) === value
}

/** A section makes sense only in its project. */
function isSamePlace(path: string, was: FoldedRecord, is: FoldedRecord): boolean {
  return path !== 'sectionId' || valueIn(was, 'projectId') === valueIn(is, 'projectId')
}
