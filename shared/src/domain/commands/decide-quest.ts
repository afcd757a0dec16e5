import type { Checked } from '../fields/checked.ts'
import { checkGiven } from '../fields/field.ts'
import { LIMITS } from '../fields/limits.ts'
import { isIdShaped, type ProjectId, type QuestId, type SectionId, type TagId } from '../kernel/ids.ts'
import type { FieldValue, Patch, RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { rankBetween } from '../order/rank.ts'
import type { ListKey } from '../quest/lists.ts'
import type { Quest } from '../quest/quest.ts'
import { QUEST_EDIT_FIELDS, type QuestEditField, questFields } from '../quest/quest-fields.ts'
import { ancestorsOf } from '../state/dependencies.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import type { CommandError } from './command-error.ts'
import type { Command, QuestEdit } from './commands.ts'

type Decision = Result<readonly RecordWrite[], CommandError>
type CheckedFields = { -readonly [Field in keyof QuestEdit]?: FieldValue }
type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>

/** A new quest at the end of its project or of the Inbox; only what differs from the defaults is written. */
export function createQuest(state: LogState, command: Of<'createQuest'>, context: DecideContext): Decision {
  const { id, projectId = null, sectionId = null, parentId = null, tags = [] } = command
  if (!isIdShaped(id)) return invalid('id', 'malformed')
  if (state.quest(id) !== undefined) return err({ code: 'already-exists', id })
  const place = checkPlace(state, projectId, sectionId)
  if (place !== null) return err(place)
  if (parentId !== null && state.quest(parentId) === undefined) return notFound('quests', parentId)
  if (tags.length > LIMITS.tags) return invalid('tags', 'too-many')
  const fields = checkFields({ ...command.fields, title: command.title })
  if (!fields.ok) return fields
  const links = checkLinks(state, command.fields ?? {})
  if (links !== null) return err(links)

  const patch: { [path: string]: FieldValue } = { createdAt: context.now }
  for (const [field, value] of Object.entries(fields.value)) if (value !== null) patch[field] = value
  if (context.userId !== null) patch.createdBy = context.userId
  if (projectId !== null) patch.projectId = projectId
  if (sectionId !== null) patch.sectionId = sectionId
  if (parentId !== null) patch.parentId = parentId
  for (const tagId of tags) {
    if (state.tag(tagId) === undefined) return notFound('tags', tagId)
    patch[`tags/${tagId}`] = true
  }
  patch.rank = endRank(state, projectId, context)
  return written(id, patch)
}

/** Sets the fields that differ from what the quest has: an untouched field must not override another device's edit. */
export function editQuest(state: LogState, command: Of<'editQuest'>): Decision {
  const quest = editable(state, command.id)
  if (!quest.ok) return quest
  const fields = checkFields(command.fields)
  if (!fields.ok) return fields
  const { parentId, categoryId } = command.fields
  const newParentId = parentId === undefined || parentId === quest.value.parentId ? null : parentId
  const newCategoryId = categoryId === undefined || categoryId === quest.value.categoryId ? null : categoryId
  const links = checkLinks(state, { parentId: newParentId, categoryId: newCategoryId })
  if (links !== null) return err(links)
  const circle = parentCircle(state, command.id, newParentId)
  if (circle !== null) return err({ code: 'cycle', kind: 'parent', path: circle })
  const patch: { [path: string]: FieldValue } = {}
  for (const field of fieldNames(command.fields)) {
    const value = fields.value[field]
    if (value !== undefined && !isSame(quest.value[field], value)) patch[field] = value
  }
  return written(command.id, patch)
}

/** Adds a tag to a quest; nothing to write when it has it. */
export function tagQuest(state: LogState, command: Of<'tagQuest'>): Decision {
  const quest = editable(state, command.id)
  if (!quest.ok) return quest
  if (state.tag(command.tagId) === undefined) return notFound('tags', command.tagId)
  if (quest.value.tags.has(command.tagId)) return ok([])
  if (quest.value.tags.size >= LIMITS.tags) return invalid('tags', 'too-many')
  return written(command.id, { [tagPath(command.tagId)]: true })
}

/** Takes a tag off a quest, one whose tag is gone included; nothing to write when it has it not. */
export function untagQuest(state: LogState, command: Of<'untagQuest'>): Decision {
  const quest = editable(state, command.id)
  if (!quest.ok) return quest
  return written(command.id, quest.value.tags.has(command.tagId) ? { [tagPath(command.tagId)]: null } : {})
}

/** Puts quests into the Trash, all or none; those already there keep the time they came. */
export function trashQuests(state: LogState, command: Of<'trashQuests'>, context: DecideContext): Decision {
  return eachQuest(state, command.ids, (quest) => (quest.deletedAt === null ? { deletedAt: context.now } : null))
}

/** Takes quests, and projects by themselves, out of the Trash, all or none; a quest brings its project along. */
export function restoreQuests(state: LogState, command: Of<'restoreQuests'>): Decision {
  const restored = eachQuest(state, command.ids, (quest) => (quest.deletedAt === null ? null : { deletedAt: null }))
  if (!restored.ok) return restored
  const projectIds = new Set<ProjectId>(command.projectIds)
  for (const id of command.ids) {
    const projectId = state.quest(id)?.projectId ?? null
    if (projectId !== null) projectIds.add(projectId)
  }
  const trashed = [...projectIds].filter((id) => (state.project(id)?.deletedAt ?? null) !== null)
  const projects = trashed.map((id): RecordWrite => ({ table: 'projects', id, patch: { deletedAt: null } }))
  return ok([...restored.value, ...projects])
}

/** The quest, unless it is missing or in the Trash. */
export function editable(state: LogState, id: QuestId): Result<Quest, CommandError> {
  const quest = state.quest(id)
  if (quest === undefined) return notFound('quests', id)
  return quest.deletedAt === null ? ok(quest) : err({ code: 'trashed', id })
}

function eachQuest(state: LogState, ids: readonly QuestId[], patchOf: (quest: Quest) => Patch | null): Decision {
  const writes: RecordWrite[] = []
  for (const id of new Set(ids)) {
    const quest = state.quest(id)
    if (quest === undefined) return notFound('quests', id)
    const patch = patchOf(quest)
    if (patch !== null) writes.push({ table: 'quests', id, patch })
  }
  return ok(writes)
}

/** Why quests cannot go to a project and section, or null where they can. */
export function checkPlace(
  state: LogState,
  projectId: ProjectId | null,
  sectionId: SectionId | null,
): CommandError | null {
  if (projectId !== null) {
    const project = state.project(projectId)
    if (project === undefined) return { code: 'not-found', table: 'projects', id: projectId }
    if (project.deletedAt !== null) return { code: 'trashed', id: projectId }
  }
  if (sectionId === null || (projectId !== null && state.section(sectionId)?.projectId === projectId)) return null
  return { code: 'not-found', table: 'sections', id: sectionId }
}

function checkFields(fields: QuestEdit): Result<CheckedFields, CommandError> {
  const checked: CheckedFields = {}
  for (const field of fieldNames(fields)) {
    const value = fields[field]
    if (value === undefined) continue
    const result: Checked<FieldValue> = checkGiven(questFields[field], value)
    if (!result.ok) return invalid(field, result.error)
    checked[field] = result.value
  }
  return ok(checked)
}

/** Whether what a quest is to be part of, and its category, are there. */
function checkLinks(state: LogState, { parentId = null, categoryId = null }: QuestEdit): CommandError | null {
  if (categoryId !== null && state.category(categoryId) === undefined) {
    return { code: 'not-found', table: 'categories', id: categoryId }
  }
  const parent = parentId === null ? null : editable(state, parentId)
  return parent === null || parent.ok ? null : parent.error
}

/** The circle of parents that a quest would close, from it to itself again. */
function parentCircle(state: LogState, id: QuestId, parentId: QuestId | null): readonly QuestId[] | null {
  if (parentId === null) return null
  const line = [parentId, ...ancestorsOf(state, parentId)]
  const end = line.indexOf(id)
  return end < 0 ? null : [id, ...line.slice(0, end + 1)]
}

/** A rank after the last of a project or of the Inbox. */
export function endRank(state: LogState, projectId: ProjectId | null, context: DecideContext): string {
  const key: ListKey = projectId === null ? { kind: 'inbox' } : { kind: 'project', projectId }
  const last = state.list(key).at(-1)
  return rankBetween((last === undefined ? undefined : state.quest(last)?.rank) ?? null, null, context.random)
}

function fieldNames(fields: QuestEdit): readonly QuestEditField[] {
  return QUEST_EDIT_FIELDS.filter((field) => field in fields)
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
}

function tagPath(tagId: TagId): string {
  return `tags/${tagId}`
}

function written(id: QuestId, patch: Patch): Decision {
  return ok(Object.keys(patch).length === 0 ? [] : [{ table: 'quests', id, patch }])
}

function invalid(field: string, reason: Extract<CommandError, { code: 'invalid-field' }>['reason']) {
  return err<CommandError>({ code: 'invalid-field', field, reason })
}

function notFound(table: Extract<CommandError, { code: 'not-found' }>['table'], id: string) {
  return err<CommandError>({ code: 'not-found', table, id })
}
