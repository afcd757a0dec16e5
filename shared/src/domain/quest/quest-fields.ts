import { readId, readInstant, readOption, readSet, readString } from '../kernel/field-readers.ts'
import { type QuestId, type StepId, storedId, type WorkspaceId } from '../kernel/ids.ts'
import type { FieldValue, Patch } from '../kernel/record-write.ts'
import { defaultRank, isRank } from '../order/rank.ts'
import { parseWhen } from '../time/when.ts'
import { stands } from './completion.ts'
import {
  DIFFICULTIES,
  ENERGIES,
  PRIORITIES,
  parseAttachment,
  parseRecurrence,
  parseReminder,
  parseSource,
  STATUSES,
} from './field-values.ts'
import type { Attachment, Completion, Quest, Reminder, Step } from './quest.ts'

const NO_SET: ReadonlySet<never> = new Set<never>()
const NO_MAP: ReadonlyMap<never, never> = new Map<never, never>()

/** A quest with nothing but what it must have: every default there is. */
export function defaultQuest(id: QuestId, title: string, createdAt: number): Quest {
  return {
    id,
    title,
    status: 'open',
    priority: 0,
    difficulty: 'medium',
    energy: null,
    projectId: null,
    sectionId: null,
    parentId: null,
    templateId: null,
    categoryId: null,
    tags: NO_SET,
    assignees: NO_SET,
    steps: NO_MAP,
    start: null,
    scheduled: null,
    due: null,
    deadline: null,
    estimateMin: null,
    recurrence: null,
    reminders: NO_MAP,
    rank: defaultRank(id),
    todayRank: null,
    attachments: NO_MAP,
    createdAt,
    createdBy: null,
    completedAt: null,
    completedDay: null,
    deletedAt: null,
    source: null,
    movedFrom: NO_MAP,
  }
}

/**
 * Reads a quest from its fields. Whatever is missing or unreadable, alone, takes its default. It is not done until
 * `withCompletion` says so.
 */
export function readQuest(id: QuestId, record: Patch): Quest {
  const paths = elementPaths(record)
  return {
    id,
    title: readString(record.title, ''),
    status: readStatus(record),
    priority: readOption(record.priority, PRIORITIES, 0),
    difficulty: readOption(record.difficulty, DIFFICULTIES, 'medium'),
    energy: readOption(record.energy, ENERGIES, null),
    projectId: readId(record.projectId),
    sectionId: readId(record.sectionId),
    parentId: readId(record.parentId),
    templateId: readId(record.templateId),
    categoryId: readId(record.categoryId),
    tags: paths === null ? NO_SET : readSet(record, paths, 'tags'),
    assignees: paths === null ? NO_SET : readSet(record, paths, 'assignees'),
    steps: paths === null ? NO_MAP : readSteps(record, paths),
    start: parseWhen(record.start),
    scheduled: parseWhen(record.scheduled),
    due: parseWhen(record.due),
    deadline: parseWhen(record.deadline),
    estimateMin: readEstimate(record.estimateMin),
    recurrence: readRecurrence(record),
    reminders: paths === null ? NO_MAP : readElements<Reminder>(record, paths, 'reminders', parseReminder),
    rank: readQuestRank(id, record),
    todayRank: readRank(record.todayRank),
    attachments: paths === null ? NO_MAP : readElements<Attachment>(record, paths, 'attachments', parseAttachment),
    createdAt: readInstant(record.createdAt, 0),
    createdBy: readId(record.createdBy),
    completedAt: null,
    completedDay: null,
    deletedAt: readInstant(record.deletedAt, null),
    source: record.source === undefined ? null : parseSource(record.source),
    movedFrom: paths === null ? NO_MAP : readInstants(record, paths, 'movedFrom'),
  }
}

/** The quest as its current occurrence's completion says: done where there is one and it stands. */
export function withCompletion(quest: Quest, completion: Completion | undefined): Quest {
  const completedAt = stands(completion) ? completion.at : null
  const completedDay = stands(completion) ? completion.day : null
  if (quest.completedAt === completedAt && quest.completedDay === completedDay) return quest
  return { ...quest, completedAt, completedDay }
}

/** The fields of one step, by path; each is a field of its own, so that two devices may edit text and tick at once. */
export function stepPatch(stepId: StepId, fields: { readonly [Field in keyof Step]?: Step[Field] | null }): Patch {
  const patch: { [path: string]: FieldValue } = {}
  if (fields.text !== undefined) patch[`steps/${stepId}/text`] = fields.text
  if (fields.done !== undefined) patch[`steps/${stepId}/done`] = fields.done
  if (fields.rank !== undefined) patch[`steps/${stepId}/rank`] = fields.rank
  return patch
}

/** A quest's status, open where it has none. */
export function readStatus(record: Patch): Quest['status'] {
  return readOption(record.status, STATUSES, 'open')
}

/** A quest's rank in its list, by its id where it has none. */
export function readQuestRank(id: QuestId, record: Patch): string {
  return readRank(record.rank) ?? defaultRank(id)
}

/** How a quest repeats, null where it does not. */
export function readRecurrence(record: Patch): Quest['recurrence'] {
  return record.recurrence === undefined ? null : parseRecurrence(record.recurrence)
}

/** A stored rank, or null where it is missing or none. */
export function readRank(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && isRank(value) ? value : null
}

function elementPaths(record: Patch): readonly string[] | null {
  let paths: string[] | null = null
  for (const path in record) {
    if (!path.includes('/')) continue
    paths ??= []
    paths.push(path)
  }
  return paths
}

function readSteps(record: Patch, paths: readonly string[]): ReadonlyMap<StepId, Step> {
  const steps: [StepId, Step][] = []
  for (const path of paths) {
    if (!path.startsWith('steps/') || !path.endsWith('/text')) continue
    const text = record[path]
    const stepId: StepId = storedId(path.slice('steps/'.length, -'/text'.length))
    if (typeof text !== 'string' || stepId === '') continue
    const rank = readRank(record[`steps/${stepId}/rank`]) ?? defaultRank(stepId)
    steps.push([stepId, { text, done: record[`steps/${stepId}/done`] === true, rank }])
  }
  if (steps.length === 0) return NO_MAP
  return new Map(steps.sort(([idA, a], [idB, b]) => compareText(a.rank, b.rank) || compareText(idA, idB)))
}

function readElements<Element>(
  record: Patch,
  paths: readonly string[],
  field: string,
  parse: (value: unknown) => Element | null,
): ReadonlyMap<string, Element> {
  const elements = new Map<string, Element>()
  for (const path of paths) {
    if (!path.startsWith(`${field}/`)) continue
    const element = parse(record[path])
    if (element !== null) elements.set(path.slice(field.length + 1), element)
  }
  return elements.size === 0 ? NO_MAP : elements
}

function readInstants(record: Patch, paths: readonly string[], field: string): ReadonlyMap<WorkspaceId, number> {
  const instants = new Map<WorkspaceId, number>()
  for (const path of paths) {
    const at = readInstant(record[path], null)
    if (path.startsWith(`${field}/`) && at !== null) instants.set(storedId(path.slice(field.length + 1)), at)
  }
  return instants.size === 0 ? NO_MAP : instants
}

/** Whole minutes, one or more, or null. */
export function readEstimate(value: FieldValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
