import { readId, readInstant, readOption, readString } from '../kernel/field-readers.ts'
import {
  type CategoryId,
  isIdShaped,
  type ProjectId,
  type StepId,
  storedId,
  type TagId,
  type TemplateId,
  type UserId,
} from '../kernel/ids.ts'
import type { FieldValue, Patch } from '../kernel/record-write.ts'
import { defaultRank, isRank } from '../order/rank.ts'
import {
  DIFFICULTIES,
  ENERGIES,
  PRIORITIES,
  parseRecurrence,
  parseReminder,
  RELATION_KINDS,
} from '../quest/field-values.ts'
import type { Quest, RelationKind, Reminder } from '../quest/quest.ts'
import { readEstimate } from '../quest/quest-fields.ts'
import { parseRelativeWhen, type RelativeWhen } from '../time/relative-when.ts'

/** A reminder of a template: its own time, if it has one, lies to the day of use. */
export type TemplateReminder =
  | Extract<Reminder, { of: unknown }>
  | { readonly at: RelativeWhen; readonly nagging?: boolean }

export interface TemplateStep {
  readonly id: StepId
  readonly text: string
  readonly rank: string
}

/** One quest of a template: what a new one starts with. */
export interface TemplateQuest
  extends Pick<Quest, 'title' | 'priority' | 'difficulty' | 'energy' | 'estimateMin' | 'recurrence'> {
  /** The place in `quests` of the quest it is part of: always an earlier one; null for the first. */
  readonly parent: number | null
  readonly categoryId: CategoryId | null
  readonly tags: readonly TagId[]
  readonly assignees: readonly UserId[]
  readonly start: RelativeWhen | null
  readonly scheduled: RelativeWhen | null
  readonly due: RelativeWhen | null
  readonly deadline: RelativeWhen | null
  readonly steps: readonly TemplateStep[]
  readonly reminders: ReadonlyMap<string, TemplateReminder>
  /** Markdown. */
  readonly notes: string
}

/** A relation among the quests of a template, by their places in `quests`. */
export interface TemplateRelation {
  readonly kind: RelationKind
  readonly from: number
  readonly to: number
}

/** A quest with its sub-quests, steps, notes and relations, to be made again. */
export interface Template {
  readonly id: TemplateId
  readonly name: string
  readonly createdAt: number
  readonly createdBy: UserId | null
  /** Where new ones go unless another place is asked for. */
  readonly projectId: ProjectId | null
  /** The quest itself first, then its sub-quests, parents before their children. */
  readonly quests: readonly [TemplateQuest, ...TemplateQuest[]]
  readonly relations: readonly TemplateRelation[]
}

/**
 * Reads a template from its fields; undefined unless all its quests can be read, since relations and parents name them
 * by place. Whatever else is missing or unreadable, alone, takes its default.
 */
export function readTemplate(id: TemplateId, record: Patch): Template | undefined {
  const stored: readonly FieldValue[] = isArray(record.quests) ? record.quests : []
  const quests: TemplateQuest[] = []
  for (const value of stored) {
    const quest = isObject(value) ? readTemplateQuest(value, quests.length) : null
    if (quest === null) return undefined
    quests.push(quest)
  }
  const [first, ...others] = quests
  if (first === undefined) return undefined
  return {
    id,
    name: readString(record.name, ''),
    createdAt: readInstant(record.createdAt, 0),
    createdBy: readId(record.createdBy),
    projectId: readId(record.projectId),
    quests: [first, ...others],
    relations: elementsOf(record.relations).flatMap((value) => readTemplateRelation(value, quests.length) ?? []),
  }
}

/** A quest of a template as its record holds it: what differs from the defaults. */
export function storedTemplateQuest(quest: TemplateQuest): { readonly [field: string]: FieldValue } {
  const stored: { [field: string]: FieldValue } = { title: quest.title }
  if (quest.parent !== null) stored.parent = quest.parent
  if (quest.priority !== 0) stored.priority = quest.priority
  if (quest.difficulty !== 'medium') stored.difficulty = quest.difficulty
  if (quest.notes !== '') stored.notes = quest.notes
  for (const field of ['energy', 'estimateMin', 'categoryId'] as const) {
    if (quest[field] !== null) stored[field] = quest[field]
  }
  if (quest.recurrence !== null) stored.recurrence = { ...quest.recurrence }
  for (const field of ['start', 'scheduled', 'due', 'deadline'] as const) {
    const when = quest[field]
    if (when !== null) stored[field] = { ...when }
  }
  for (const field of ['tags', 'assignees'] as const) if (quest[field].length > 0) stored[field] = [...quest[field]]
  if (quest.steps.length > 0) stored.steps = quest.steps.map((step) => ({ ...step }))
  if (quest.reminders.size > 0) {
    stored.reminders = Object.fromEntries(
      Array.from(quest.reminders, ([id, reminder]) => [
        id,
        'at' in reminder ? { ...reminder, at: { ...reminder.at } } : { ...reminder },
      ]),
    )
  }
  return stored
}

function readTemplateQuest(stored: Patch, place: number): TemplateQuest | null {
  const title = readString(stored.title, '')
  const parent = place === 0 ? null : readPlace(stored.parent, place)
  if (title === '' || (place > 0 && parent === null)) return null
  return {
    parent,
    title,
    priority: readOption(stored.priority, PRIORITIES, 0),
    difficulty: readOption(stored.difficulty, DIFFICULTIES, 'medium'),
    energy: readOption(stored.energy, ENERGIES, null),
    estimateMin: readEstimate(stored.estimateMin),
    recurrence: stored.recurrence === undefined ? null : parseRecurrence(stored.recurrence),
    categoryId: readId(stored.categoryId),
    tags: readIds<TagId>(stored.tags),
    assignees: readIds<UserId>(stored.assignees),
    start: parseRelativeWhen(stored.start),
    scheduled: parseRelativeWhen(stored.scheduled),
    due: parseRelativeWhen(stored.due),
    deadline: parseRelativeWhen(stored.deadline),
    steps: elementsOf(stored.steps).flatMap((value) => readTemplateStep(value) ?? []),
    reminders: readReminders(stored.reminders),
    notes: readString(stored.notes, ''),
  }
}

function readTemplateStep(stored: Patch): TemplateStep | null {
  const id = readPathId<StepId>(stored.id)
  const text = readString(stored.text, null)
  if (id === null || text === null) return null
  const rank = readString(stored.rank, '')
  return { id, text, rank: isRank(rank) ? rank : defaultRank(id) }
}

function readTemplateRelation(stored: Patch, places: number): TemplateRelation | null {
  const kind = readOption(stored.kind, RELATION_KINDS, null)
  const from = readPlace(stored.from, places)
  const to = readPlace(stored.to, places)
  return kind === null || from === null || to === null || from === to ? null : { kind, from, to }
}

function readReminders(value: FieldValue | undefined): ReadonlyMap<string, TemplateReminder> {
  const reminders = new Map<string, TemplateReminder>()
  if (!isObject(value)) return reminders
  for (const [id, stored] of Object.entries(value)) {
    const reminder = isIdShaped(id) && isObject(stored) ? readReminder(stored) : null
    if (reminder !== null) reminders.set(id, reminder)
  }
  return reminders
}

function readReminder(stored: Patch): TemplateReminder | null {
  if (!('at' in stored)) {
    const reminder = parseReminder(stored)
    return reminder === null || 'at' in reminder ? null : reminder
  }
  const at = parseRelativeWhen(stored.at)
  if (at === null) return null
  return typeof stored.nagging === 'boolean' ? { at, nagging: stored.nagging } : { at }
}

function readIds<Id extends TagId | UserId>(value: FieldValue | undefined): readonly Id[] {
  return isArray(value) ? value.flatMap((each) => readPathId<Id>(each) ?? []) : []
}

/** An id that will stand in a field's path. */
function readPathId<Id extends StepId | TagId | UserId>(value: FieldValue | undefined): Id | null {
  return typeof value === 'string' && isIdShaped(value) ? storedId<Id>(value) : null
}

function readPlace(value: FieldValue | undefined, below: number): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < below ? value : null
}

function elementsOf(value: FieldValue | undefined): readonly Patch[] {
  return isArray(value) ? value.filter(isObject) : []
}

// `Array.isArray` does not narrow a readonly array.
function isArray(value: FieldValue | undefined): value is readonly FieldValue[] {
  return Array.isArray(value)
}

function isObject(value: FieldValue | undefined): value is Patch {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
