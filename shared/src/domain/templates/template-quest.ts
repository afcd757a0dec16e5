import type { FieldTable, NamesOf, TypeValue } from '../fields/field.ts'
import { defaultOf, isKeyed, namesWith } from '../fields/field.ts'
import type { IdOf } from '../fields/value-types.ts'
import { isIdShaped, type RecordId, type StepId, storedId } from '../kernel/ids.ts'
import type { FieldValue, Patch } from '../kernel/record-write.ts'
import { defaultRank, isRank } from '../order/rank.ts'
import type { Quest } from '../quest/quest.ts'
import { type QuestFields, questFields } from '../quest/quest-fields.ts'
import type { Recurrence } from '../quest/recurrence.ts'
import { parseReminder, type Reminder, storedReminder } from '../quest/reminder.ts'
import type { Step } from '../quest/step.ts'
import { parseRelativeWhen, type RelativeWhen, relativeWhen, whenFrom } from '../time/relative-when.ts'
import type { When } from '../time/when.ts'

/** A reminder of a template: its own time, if it has one, lies to the day of use. */
export type TemplateReminder =
  | Extract<Reminder, { of: unknown }>
  | { readonly at: RelativeWhen; readonly nagging?: boolean }

export interface TemplateStep {
  readonly id: StepId
  readonly text: string
  readonly rank: string
}

/** What a quest's field is in a template: dates lie to the day of use, sets and steps are lists. */
type InTemplate<Each> = Each extends { readonly type: { readonly name: infer Name } & infer Type }
  ? Name extends 'when'
    ? RelativeWhen | null
    : Name extends 'steps'
      ? readonly TemplateStep[]
      : Name extends 'reminders'
        ? ReadonlyMap<string, TemplateReminder>
        : TypeValue<Type> extends ReadonlySet<infer Id>
          ? readonly Id[]
          : TypeValue<Type> | (Each extends { readonly default: infer Default } ? Default : never)
  : never

/** The fields that a template keeps of a quest. */
type TemplateQuestField = NamesOf<QuestFields, { readonly inTemplates: true }>

type KeptFields = { readonly [Name in TemplateQuestField]: InTemplate<QuestFields[Name]> }

/** One quest of a template: what a new one starts with. */
export interface TemplateQuest extends KeptFields {
  /** The place in `quests` of the quest it is part of: always an earlier one; null for the first. */
  readonly parent: number | null
  /** Markdown. */
  readonly notes: string
}

const TEMPLATE_QUEST_FIELDS: readonly TemplateQuestField[] = namesWith(questFields, 'inTemplates', true)

/** When a template is used, and what is still there to be named. */
export interface TemplateUse {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly isThere: (of: IdOf, id: string) => boolean
}

/** What a template keeps of a quest. Its dates become days from `day`; what is bound to a date and nothing else goes. */
export function keptOfQuest(quest: Quest, day: string): KeptFields
export function keptOfQuest(quest: Quest, day: string): object {
  return Object.fromEntries(
    TEMPLATE_QUEST_FIELDS.map((name) => [name, formOf(name).fromQuest(quest[name] ?? null, day)]),
  )
}

/** The fields of a quest made from what a template kept. A tag or category that is gone is left out, and so is a date beyond the calendar. */
export function questFromKept(kept: KeptFields, use: TemplateUse): Pick<Quest, TemplateQuestField>
export function questFromKept(kept: KeptFields, use: TemplateUse): object {
  return Object.fromEntries(TEMPLATE_QUEST_FIELDS.map((name) => [name, formOf(name).toQuest(kept[name] ?? null, use)]))
}

/** A quest of a template as its record holds it: what differs from the defaults. */
export function storedTemplateQuest(quest: TemplateQuest): { readonly [field: string]: FieldValue } {
  const stored: { [field: string]: FieldValue } = {}
  for (const name of TEMPLATE_QUEST_FIELDS) {
    const value = formOf(name).store(quest[name] ?? null)
    if (value !== undefined) stored[name] = value
  }
  if (quest.parent !== null) stored.parent = quest.parent
  if (quest.notes !== '') stored.notes = quest.notes
  return stored
}

/** Reads the quest at a place of a template; null without a title, and of all but the first without an earlier parent. */
export function readTemplateQuest(stored: Patch, place: number): TemplateQuest | null {
  const kept = readKept(stored)
  const parent = place === 0 ? null : readPlace(stored.parent, place)
  if (kept.title === '' || (place > 0 && parent === null)) return null
  return { ...kept, parent, notes: typeof stored.notes === 'string' ? stored.notes : '' }
}

/** A place in `quests` below another; null where what is stored is none. */
export function readPlace(value: FieldValue | undefined, below: number): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < below ? value : null
}

function readKept(stored: Patch): KeptFields
function readKept(stored: Patch): object {
  return Object.fromEntries(TEMPLATE_QUEST_FIELDS.map((name) => [name, formOf(name).read(stored[name] ?? null)]))
}

/** How a form of value is kept in a template. */
interface Form<Value = unknown, Kept = unknown> {
  read(stored: FieldValue): Kept
  /** Undefined for what need not be stored. */
  store(kept: Kept): FieldValue | undefined
  fromQuest(value: Value, day: string): Kept
  toQuest(kept: Kept, use: TemplateUse): Value
}

type Kept = QuestFields[TemplateQuestField]

const forms: { readonly [Name in Kept['type']['name']]: (name: TemplateQuestField) => Form } = {
  line: asItIs,
  option: asItIs,
  count: asItIs,
  id: (name): Form => ({
    ...asItIs(name),
    toQuest: (kept, { isThere }) => (typeof kept === 'string' && isThere(namedBy(name), kept) ? kept : null),
  }),
  recurrence: (name): Form => ({
    ...asItIs(name),
    fromQuest: (value) => (isRecurrence(value) ? undated(value) : null),
  }),
  when: (): Form<When | null, RelativeWhen | null> => ({
    read: parseRelativeWhen,
    store: (kept) => (kept === null ? undefined : { ...kept }),
    fromQuest: (value, day) => (value === null ? null : relativeWhen(value, day)),
    toQuest: (kept, { day }) => (kept === null ? null : whenFrom(kept, day)),
  }),
  ids: (name): Form<ReadonlySet<string>, readonly string[]> => ({
    read: (stored) => (isArray(stored) ? stored.flatMap((each) => readPathId(each) ?? []) : []),
    store: (kept) => (kept.length === 0 ? undefined : [...kept]),
    fromQuest: (value) => [...value],
    toQuest: (kept, { isThere }) => new Set(kept.filter((id) => isThere(namedBy(name), id))),
  }),
  steps: (): Form<ReadonlyMap<StepId, Step>, readonly TemplateStep[]> => ({
    read: (stored) => elementsOf(stored).flatMap((each) => readStep(each) ?? []),
    store: (kept) => (kept.length === 0 ? undefined : kept.map((step) => ({ ...step }))),
    fromQuest: (value) => Array.from(value, ([id, { text, rank }]) => ({ id, text, rank })),
    toQuest: (kept) => new Map(kept.map(({ id, text, rank }) => [id, { text, rank, done: false }])),
  }),
  reminders: (): Form<ReadonlyMap<string, Reminder>, ReadonlyMap<string, TemplateReminder>> => ({
    read: readReminders,
    store: (kept) =>
      kept.size === 0 ? undefined : Object.fromEntries(Array.from(kept, ([id, each]) => [id, storedReminder(each)])),
    fromQuest: (value, day) => new Map(Array.from(value, ([id, each]) => [id, relativeReminder(each, day)])),
    toQuest: (kept, { day }) => new Map([...kept].flatMap(([id, each]) => reminderFrom(id, each, day))),
  }),
}

function formOf(name: TemplateQuestField): Form {
  return forms[questFields[name].type.name](name)
}

function asItIs(name: TemplateQuestField): Form {
  const field: FieldTable[string] = questFields[name]
  if (isKeyed(field)) throw new TypeError(`${name} is no single value`)
  const { type } = field
  const none = defaultOf(field, '')
  return {
    read: (stored) => type.read(stored) ?? none,
    store: (kept) => (kept === none ? undefined : type.store(kept)),
    fromQuest: (value) => value,
    toQuest: (kept) => kept,
  }
}

function namedBy(name: TemplateQuestField): IdOf {
  const { type } = questFields[name]
  if (!('of' in type)) throw new TypeError(`${name} names no record`)
  return type.of
}

function isRecurrence(value: unknown): value is Recurrence {
  return value !== null
}

function undated({ pausedUntil: _pausedUntil, ...rest }: Recurrence): Recurrence {
  return { ...rest, exdates: [] }
}

function relativeReminder(reminder: Reminder, day: string): TemplateReminder {
  return 'at' in reminder ? { ...reminder, at: relativeWhen(reminder.at, day) } : reminder
}

function reminderFrom(id: string, reminder: TemplateReminder, day: string): readonly (readonly [string, Reminder])[] {
  if (!('at' in reminder)) return [[id, reminder]]
  const at = whenFrom(reminder.at, day)
  return at === null ? [] : [[id, { ...reminder, at }]]
}

function readStep(stored: Patch): TemplateStep | null {
  const id = readPathId<StepId>(stored.id)
  const { text, rank } = stored
  if (id === null || typeof text !== 'string') return null
  return { id, text, rank: typeof rank === 'string' && isRank(rank) ? rank : defaultRank(id) }
}

function readReminders(value: FieldValue): ReadonlyMap<string, TemplateReminder> {
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

/** An id that will stand in a field's path. */
function readPathId<Id extends RecordId>(value: FieldValue | undefined): Id | null {
  return typeof value === 'string' && isIdShaped(value) ? storedId<Id>(value) : null
}

/** The objects of a stored list. */
export function elementsOf(value: FieldValue | undefined): readonly Patch[] {
  return isArray(value) ? value.filter(isObject) : []
}

// `Array.isArray` does not narrow a readonly array.
export function isArray(value: FieldValue | undefined): value is readonly FieldValue[] {
  return Array.isArray(value)
}

export function isObject(value: FieldValue | undefined): value is Patch {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
