import type { Project } from '../groups/group-fields.ts'
import { isIdShaped, type ProjectId } from '../kernel/ids.ts'
import type { Patch, RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { rankBetween } from '../order/rank.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import type { CommandError } from './command-error.ts'
import type { GroupCommand } from './group-commands.ts'
import { checkNameAndColor, checkNewNameAndColor } from './name-and-color.ts'
import { rankedOthers, reorderRanked } from './reorder-ranked.ts'

type Decision = Result<readonly RecordWrite[], CommandError>
type Of<Kind extends GroupCommand['kind']> = Extract<GroupCommand, { kind: Kind }>

/** A new project after the last. */
export function createProject(state: LogState, command: Of<'createProject'>, context: DecideContext): Decision {
  const { id, name, color = null } = command
  if (!isIdShaped(id)) return err({ code: 'invalid-field', field: 'id', reason: 'malformed' })
  if (state.project(id) !== undefined) return err({ code: 'already-exists', id })
  const fields = checkNewNameAndColor({ name, color })
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
    return written(command.id, fields.value)
  }
  if (archivedAt !== null && !Number.isSafeInteger(archivedAt)) {
    return err({ code: 'invalid-field', field: 'archivedAt', reason: 'not-an-integer' })
  }
  return written(command.id, { ...fields.value, archivedAt })
}

/** Puts a project right after `after`, else right before `before`, else at the end. */
export function reorderProject(state: LogState, command: Of<'reorderProject'>, context: DecideContext): Decision {
  const project = editableProject(state, command.id)
  if (!project.ok) return project
  const others = rankedOthers(state.projects(), command.id, (id) => state.project(id))
  return reorderRanked('projects', others, command, context.random)
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

/** The project, unless it is missing or in the Trash. */
export function editableProject(state: LogState, id: ProjectId): Result<Project, CommandError> {
  const project = state.project(id)
  if (project === undefined) return err({ code: 'not-found', table: 'projects', id })
  return project.deletedAt === null ? ok(project) : err({ code: 'trashed', id })
}

function written(id: ProjectId, patch: Patch): Decision {
  return ok(Object.keys(patch).length === 0 ? [] : [{ table: 'projects', id, patch }])
}
