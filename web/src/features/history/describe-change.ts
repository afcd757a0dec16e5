import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import type { NamesOf } from '@questlog/shared/domain/fields/field'
import { type ProjectId, type QuestId, type StepId, storedId, type TagId } from '@questlog/shared/domain/kernel/ids'
import type { FieldValue } from '@questlog/shared/domain/kernel/record-write'
import { isTableName } from '@questlog/shared/domain/kernel/record-write'
import { isReadTable, recordKinds } from '@questlog/shared/domain/kinds/record-kinds'
import { type QuestFields, questFields } from '@questlog/shared/domain/quest/quest-fields'
import { formatInstant } from '../../i18n/format.ts'
import { fieldInWords, isIn, isolate, quoted, valueInWords, type Wording } from './value-in-words.ts'

/** What a change did, in one sentence; null for what only the app cares about. */
export function describeChange(item: HistoryItem, wording: Wording): string | null {
  switch (item.table) {
    case 'quests':
      return describeQuest(item, wording)
    case 'completions':
      return describeCompletion(item, wording)
    case 'relations':
      return describeRelation(item, wording)
    case 'workspace':
      return describeRestore(item, wording)
    default:
      return describeOther(item, wording)
  }
}

/** The present or former name of what a change is about, such as a quest's title; empty if nobody knows it. */
export function nameOfItem(item: HistoryItem, { projection }: Wording): string {
  const isGone = item.change === 'removed' && item.path === null
  const record = isGone ? item.before : isTableName(item.table) ? projection.fieldsOf(item.table, item.id) : undefined
  return nameIn(record ?? null, item.table)
}

function nameIn(record: FieldValue, table: string): string {
  const name = memberOf(record, (isReadTable(table) ? recordKinds[table].namedBy : null) ?? 'name')
  return typeof name === 'string' ? name : ''
}

/** That the log, or some of it, was put back. */
function describeRestore({ after }: HistoryItem, { t, language, projection }: Wording): string {
  const atMs = Date.parse(String(memberOf(after, 'at')))
  const records = memberOf(after, 'records')
  const moment = Number.isNaN(atMs) ? t('history.earlierMoment') : formatInstant(language, atMs)
  const [only, ...others] = Array.isArray(records) ? records : []
  const [table, id] = [memberOf(only ?? null, 'table'), memberOf(only ?? null, 'id')]
  const place = table === 'notes' ? 'quests' : table
  if (others.length === 0 && typeof place === 'string' && isTableName(place) && typeof id === 'string') {
    const name = nameIn(projection.fieldsOf(place, id) ?? null, place)
    if (name !== '') return t('history.putNamedBack', { moment, what: quoted(name) })
  }
  return Array.isArray(records)
    ? t('history.putRecordsBack', { moment, count: records.length })
    : t('history.putLogBack', { moment })
}

function memberOf(value: FieldValue, name: string): FieldValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return Object.entries(value).find(([each]) => each === name)?.[1] ?? null
}

/** What restoring a change would bring back; null for nothing: it would be removed. */
export function describeFormer({ path, before }: HistoryItem, wording: Wording): string | null {
  const [field = '', key = '', part] = (path ?? '').split('/')
  if (field === 'tags') return before === null ? null : tagName(key, wording)
  if (field === 'assignees') return before === null ? null : wording.nameOfUser(key)
  if (field === 'steps' && part === 'done') return wording.t(before === true ? 'list.done' : 'status.open')
  if (field === 'deletedAt') return wording.t(before === null ? 'trash.restore' : 'history.field.trash')
  return valueInWords(wording, field, before)
}

/** Whether it replaced what was written on this device. Where something stands in a list nobody wrote. */
export function replacedWritten({ replacedOwn, path }: HistoryItem): boolean {
  const last = path?.split('/').at(-1)
  return replacedOwn && last !== 'rank' && last !== 'todayRank'
}

/** What the button says that brings back what was before a change. */
export function restoringInWords(item: HistoryItem, wording: Wording): string {
  const { t } = wording
  if (item.path === 'deletedAt') return t(item.before === null ? 'trash.restore' : 'quest.trash')
  const value = describeFormer(item, wording)
  return value === null ? t('history.restoreNone') : t('history.restore', { value })
}

function describeQuest(item: HistoryItem, wording: Wording): string | null {
  const { t } = wording
  if (item.path === null) return t(item.change === 'removed' ? 'history.removed' : 'history.created')
  const [field = '', key = '', part] = item.path.split('/')
  if (field === 'notes') return describeNotes(item, wording)
  if (isIn(ownSentences, field)) {
    const isThere = item.change === 'lost' ? item.before !== null : item.after !== null
    return ownSentences[field]({ item, key, part, isThere }, wording)
  }
  return isIn(questFields, field) && questFields[field].inHistory === 'never'
    ? null
    : describeField(item, field, wording)
}

interface PartChange {
  readonly item: HistoryItem
  readonly key: string
  readonly part: string | undefined
  readonly isThere: boolean
}

type Sentence = (change: PartChange, wording: Wording) => string | null

/** What is said of each field that has a sentence of its own. */
const ownSentences: { readonly [Field in NamesOf<QuestFields, { readonly inHistory: 'own' }>]: Sentence } = {
  deletedAt: ({ isThere }, { t }) => t(isThere ? 'history.trashed' : 'history.untrashed'),
  rank: describePlace,
  todayRank: describePlace,
  tags: ({ key, isThere }, wording) =>
    wording.t(isThere ? 'history.tagAdded' : 'history.tagRemoved', { name: tagName(key, wording) }),
  assignees: ({ key, isThere }, { t, nameOfUser }) =>
    t(isThere ? 'history.assigned' : 'history.unassigned', { name: nameOfUser(key) }),
  steps: ({ item, key, part }, wording) => describeStep(item, { id: storedId<StepId>(key), part }, wording),
}

function describePlace({ item }: PartChange, { t }: Wording): string | null {
  return item.change === 'lost' ? null : t('history.moved')
}

function describeNotes({ change, before, after }: HistoryItem, { t }: Wording): string {
  if (change !== 'removed') return t('history.notes')
  return after === 0
    ? t('history.notesEmptied', { count: Number(before) })
    : t('history.notesCut', { count: Number(before), left: Number(after) })
}

function describeStep(
  item: HistoryItem,
  step: { readonly id: StepId; readonly part: string | undefined },
  wording: Wording,
): string | null {
  if (step.part === 'text') return describeField(item, 'steps', wording)
  const quest = wording.projection.quest(storedId<QuestId>(item.id))
  const text = quest?.steps.get(step.id)?.text
  // A step that is removed loses its tick and its place too, which says nothing more.
  if (text === undefined) return null
  if (step.part === 'rank')
    return item.before === null || item.change === 'lost' ? null : wording.t('history.stepMoved')
  const isDone = item.change === 'lost' ? item.before === true : item.after === true
  return wording.t(isDone ? 'history.stepDone' : 'history.stepOpen', { text: quoted(text) })
}

function describeField(item: HistoryItem, field: string, wording: Wording): string {
  const { t } = wording
  const name = fieldInWords(wording, field)
  if (item.isCut) return t('history.cut', { field: name })
  const [before, after] = [valueInWords(wording, field, item.before), valueInWords(wording, field, item.after)]
  if (item.change === 'lost') return t('history.lost', { field: name, before: before ?? t('history.none') })
  if (before !== null && after !== null) {
    return before === after ? t('history.cut', { field: name }) : t('history.changed', { field: name, before, after })
  }
  if (after !== null) return t('history.set', { field: name, after })
  return before === null ? t('history.cut', { field: name }) : t('history.cleared', { field: name, before })
}

function describeCompletion({ change, path, after }: HistoryItem, { t }: Wording): string | null {
  if (change === 'created') return t('history.completed')
  if (change === 'removed') return t('history.completionRemoved')
  if (change !== 'changed' || (path !== 'voided' && path !== 'voidedAt')) return null
  return t(after === null ? 'history.completed' : 'history.reopened')
}

function describeRelation({ change, id }: HistoryItem, { t, projection }: Wording): string | null {
  if (change !== 'created' && change !== 'removed') return null
  // `kind.from.to`
  const to = id.split('.')[2] ?? ''
  const title = projection.quest(storedId<QuestId>(to))?.title
  const values = { title: title === undefined ? t('history.someQuest') : quoted(title) }
  return t(change === 'created' ? 'history.relationAdded' : 'history.relationRemoved', values)
}

/** The tables of records that people know by a name. */
type NamedTable = NamesOf<typeof recordKinds, { readonly namedBy: 'name' }>

function isNamedTable(table: string): table is NamedTable {
  return isReadTable(table) && recordKinds[table].namedBy === 'name'
}

function describeOther(item: HistoryItem, wording: Wording): string | null {
  const { t } = wording
  const what = t(isNamedTable(item.table) ? `history.table.${item.table}` : 'history.table.other')
  if (item.change === 'removed') {
    const gone = nameOfItem(item, wording)
    return gone === ''
      ? t('history.recordRemoved', { what })
      : t('history.recordRemovedNamed', { what, name: quoted(gone) })
  }
  const name = nameOfRecord(item, wording)
  if (item.change === 'created') return t('history.recordCreated', { what, name })
  const field = item.path?.split('/')[0] ?? ''
  if (field === 'rank' || item.change === 'lost') return null
  if (field === 'deletedAt') {
    return t('history.recordChanged', {
      what,
      name,
      change: t(item.after === null ? 'history.untrashed' : 'history.trashed'),
    })
  }
  return t('history.recordChanged', { what, name, change: describeField(item, field, wording) })
}

function nameOfRecord({ table, id }: HistoryItem, { projection }: Wording): string {
  const name =
    table === 'projects'
      ? projection.project(storedId<ProjectId>(id))?.name
      : table === 'tags'
        ? projection.tag(storedId<TagId>(id))?.name
        : undefined
  return name === undefined ? '' : quoted(name)
}

function tagName(id: string, { projection, t }: Wording): string {
  const tag = projection.tag(storedId<TagId>(id))
  return tag === undefined ? t('history.someTag') : isolate(`@${tag.name}`)
}
