import type { Command, CommandError } from './commands.ts'
import { checkColor, checkLine, LIMITS } from './field-rules.ts'
import { isIdShaped, type ProjectId } from './ids.ts'
import type { DecideContext, LogState } from './log-state.ts'
import type { Project, Tag } from './quest.ts'
import { rankBetween } from './rank.ts'
import { ranksForInsert } from './ranked-insert.ts'
import type { FieldValue, Patch, RecordWrite } from './record-write.ts'
import { err, ok, type Result } from './result.ts'

type Decision = Result<readonly RecordWrite[], CommandError>
type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>
interface NameAndColor {
  readonly name?: string
  readonly color?: string | null
}

/** A new project after the last. */
export function createProject(state: LogState, command: Of<'createProject'>, context: DecideContext): Decision {
  const { id, name, color = null } = command
  if (!isIdShaped(id)) return err({ code: 'invalid-field', field: 'id', reason: 'malformed' })
  if (state.project(id) !== undefined) return err({ code: 'already-exists', id })
  const fields = checkNameAndColor({ name, color }, { name: '', color: null })
  if (!fields.ok) return fields
  const last = state.projects().at(-1)
  const rank = rankBetween((last === undefined ? undefined : state.project(last)?.rank) ?? null, null, context.random)
  return ok([{ table: 'projects', id, patch: { ...fields.value, createdAt: context.now, rank } }])
}

/** Renames, colours or archives a project; only what differs is written. */
export function editProject(state: LogState, command: Of<'editProject'>): Decision {
  const project = editableProject(state, command.id)
  if (!project.ok) return project
  const fields = checkNameAndColor(command.fields, project.value)
  if (!fields.ok) return fields
  const { archivedAt } = command.fields
  if (archivedAt === undefined || archivedAt === project.value.archivedAt) {
    return written('projects', command.id, fields.value)
  }
  if (archivedAt !== null && !Number.isSafeInteger(archivedAt)) {
    return err({ code: 'invalid-field', field: 'archivedAt', reason: 'not-an-integer' })
  }
  return written('projects', command.id, { ...fields.value, archivedAt })
}

/** Puts a project right after `after`, else right before `before`, else at the end. */
export function reorderProject(state: LogState, command: Of<'reorderProject'>, context: DecideContext): Decision {
  const project = editableProject(state, command.id)
  if (!project.ok) return project
  const others: { readonly id: ProjectId; readonly rank: string }[] = []
  for (const id of state.projects()) {
    const other = id === command.id ? undefined : state.project(id)
    if (other !== undefined) others.push(other)
  }
  const after = others.findIndex((other) => other.id === command.after)
  const before = others.findIndex((other) => other.id === command.before)
  if (after === -1 && before === -1 && (command.after !== null || command.before !== null)) {
    return err({ code: 'not-found', table: 'projects', id: command.after ?? command.before ?? '' })
  }
  const index = after !== -1 ? after + 1 : before !== -1 ? before : others.length
  const ranks = ranksForInsert(others, index, command.id, context.random)
  return ok(ranks.map(({ id, rank }) => ({ table: 'projects', id, patch: { rank } })))
}

/** Puts a project into the Trash, and with it the quests it holds, under one time, by which `restoreProject` knows them. */
export function trashProject(state: LogState, id: ProjectId, context: DecideContext): Decision {
  const project = editableProject(state, id)
  if (!project.ok) return project
  const writes: RecordWrite[] = [{ table: 'projects', id, patch: { deletedAt: context.now } }]
  for (const questId of state.list({ kind: 'all' })) {
    if (state.quest(questId)?.projectId !== id) continue
    writes.push({ table: 'quests', id: questId, patch: { deletedAt: context.now } })
  }
  return ok(writes)
}

/** Takes a project out of the Trash with the quests that went there with it. */
export function restoreProject(state: LogState, id: ProjectId): Decision {
  const project = state.project(id)
  if (project === undefined) return err({ code: 'not-found', table: 'projects', id })
  if (project.deletedAt === null) return ok([])
  const writes: RecordWrite[] = [{ table: 'projects', id, patch: { deletedAt: null } }]
  for (const questId of state.list({ kind: 'trash' })) {
    const quest = state.quest(questId)
    if (quest?.projectId !== id || quest.deletedAt !== project.deletedAt) continue
    writes.push({ table: 'quests', id: questId, patch: { deletedAt: null } })
  }
  return ok(writes)
}

/** A new tag. */
export function createTag(state: LogState, command: Of<'createTag'>): Decision {
  const { id, name, color = null } = command
  if (!isIdShaped(id)) return err({ code: 'invalid-field', field: 'id', reason: 'malformed' })
  if (state.tag(id) !== undefined) return err({ code: 'already-exists', id })
  const fields = checkNameAndColor({ name, color }, { name: '', color: null })
  return fields.ok ? ok([{ table: 'tags', id, patch: fields.value }]) : fields
}

/** Renames or colours a tag; only what differs is written. */
export function editTag(state: LogState, command: Of<'editTag'>): Decision {
  const tag = state.tag(command.id)
  if (tag === undefined) return err({ code: 'not-found', table: 'tags', id: command.id })
  const fields = checkNameAndColor(command.fields, tag)
  return fields.ok ? written('tags', command.id, fields.value) : fields
}

function editableProject(state: LogState, id: ProjectId): Result<Project, CommandError> {
  const project = state.project(id)
  if (project === undefined) return err({ code: 'not-found', table: 'projects', id })
  return project.deletedAt === null ? ok(project) : err({ code: 'trashed', id })
}

function checkNameAndColor(fields: NameAndColor, now: Pick<Tag, 'name' | 'color'>): Result<Patch, CommandError> {
  const patch: { [path: string]: FieldValue } = {}
  if (fields.name !== undefined) {
    const name = checkLine(fields.name, LIMITS.nameLength)
    if (!name.ok) return err({ code: 'invalid-field', field: 'name', reason: name.error })
    if (name.value !== now.name) patch.name = name.value
  }
  if (fields.color !== undefined) {
    const color = checkColor(fields.color)
    if (!color.ok) return err({ code: 'invalid-field', field: 'color', reason: color.error })
    if (color.value !== now.color) patch.color = color.value
  }
  return ok(patch)
}

function written(table: 'projects' | 'tags', id: string, patch: Patch): Decision {
  return ok(Object.keys(patch).length === 0 ? [] : [{ table, id, patch }])
}
