import type { TableName } from '@questlog/shared/domain/kernel/record-write'
import { type FoldedRecord, valueIn } from '@questlog/shared/store/fold'
import type { Draft } from '../read-model/workspace-store.ts'
import { isBroughtBack } from './brought-back.ts'
import { inPieces } from './pause.ts'
import type { PlanContext } from './plan-workspace.ts'

/** A record by its table and id. */
export interface RecordRef {
  readonly table: TableName
  readonly id: string
}

/** Records with all that belongs to them. */
export interface Belongings {
  readonly records: readonly RecordRef[]
  /** The quests whose notes go with them. */
  readonly quests: ReadonlySet<string>
}

/**
 * What a person expects back with the records they name: with a quest its completions, its relations to quests that are
 * there, and those of its sub-quests that are gone; with a project those of its sections and quests that are gone.
 */
export async function whatBelongsTo(
  named: readonly RecordRef[],
  draft: Pick<Draft, 'record'>,
  context: Pick<PlanContext, 'past' | 'broughtBack'>,
): Promise<Belongings> {
  const idsOf = (table: TableName) => new Set(named.filter((ref) => ref.table === table).map(({ id }) => id))
  const projects = idsOf('projects')
  const known = (table: TableName) => recordsOf(table, draft, context)
  // What is there now stays as it is, unless it came from a restore that is being undone.
  const comesAlong = (table: TableName, id: string): boolean =>
    draft.record(table, id) === undefined || isBroughtBack(context.broughtBack, table, id)

  const children = new Map<string, string[]>()
  const quests = idsOf('quests')
  await inPieces(known('quests'), ([id, record]) => {
    if (!comesAlong('quests', id)) return
    const parentId = valueIn(record, 'parentId')
    if (typeof parentId === 'string') children.set(parentId, [...(children.get(parentId) ?? []), id])
    if (names(projects, record, 'projectId')) quests.add(id)
  })
  // A set is visited in the order of insertion, what is added meanwhile included.
  for (const id of quests) for (const child of children.get(id) ?? []) quests.add(child)

  const records = Array.from(quests, (id): RecordRef => ({ table: 'quests', id }))
  await inPieces(known('sections'), ([id, record]) => {
    if (names(projects, record, 'projectId') && comesAlong('sections', id)) records.push({ table: 'sections', id })
  })
  await inPieces(known('completions'), ([id, record]) => {
    if (names(quests, record, 'questId')) records.push({ table: 'completions', id })
  })
  const isThere = (id: unknown): boolean =>
    typeof id === 'string' && (quests.has(id) || draft.record('quests', id) !== undefined)
  await inPieces(known('relations'), ([id, record]) => {
    const ends = [valueIn(record, 'from'), valueIn(record, 'to')]
    const isOwn = names(quests, record, 'from') || names(quests, record, 'to')
    if (isOwn && ends.every(isThere)) records.push({ table: 'relations', id })
  })
  const isIncluded = new Set(records.map(({ table, id }) => `${table} ${id}`))
  records.push(...named.filter(({ table, id }) => !isIncluded.has(`${table} ${id}`)))
  return { records, quests }
}

type Named = readonly [id: string, record: FoldedRecord]

/** The records of a table as they were, and those of now that a restore brought back since. */
function* recordsOf(
  table: TableName,
  draft: Pick<Draft, 'record'>,
  { past, broughtBack }: Pick<PlanContext, 'past' | 'broughtBack'>,
): IterableIterator<Named> {
  const were = past.records.get(table)
  yield* were ?? []
  for (const id of broughtBack.get(table) ?? []) {
    const record = draft.record(table, id)
    if (record !== undefined && were?.has(id) !== true) yield [id, record]
  }
}

function names(ids: ReadonlySet<string>, record: FoldedRecord, path: string): boolean {
  const value = valueIn(record, path)
  return typeof value === 'string' && ids.has(value)
}
