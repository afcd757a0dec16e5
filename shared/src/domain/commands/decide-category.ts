import { type CategoryId, isIdShaped } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { rankBetween } from '../order/rank.ts'
import { clearedRecord } from '../state/cleared-record.ts'
import { patchEvery } from '../state/every-quest.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import type { CommandError } from './command-error.ts'
import type { GroupCommand } from './group-commands.ts'
import { checkNameAndColor, checkNewNameAndColor } from './name-and-color.ts'
import { rankedOthers, reorderRanked } from './reorder-ranked.ts'

type Decision = Result<readonly RecordWrite[], CommandError>
type Of<Kind extends GroupCommand['kind']> = Extract<GroupCommand, { kind: Kind }>

/** A new category after the last. */
export function createCategory(state: LogState, command: Of<'createCategory'>, context: DecideContext): Decision {
  const { id, name, color = null } = command
  if (!isIdShaped(id)) return err({ code: 'invalid-field', field: 'id', reason: 'malformed' })
  if (state.category(id) !== undefined) return err({ code: 'already-exists', id })
  const fields = checkNewNameAndColor({ name, color })
  if (!fields.ok) return fields
  const last = state.categories().at(-1)
  const lastRank = last === undefined ? undefined : state.category(last)?.rank
  const rank = rankBetween(lastRank ?? null, null, context.random)
  return ok([{ table: 'categories', id, patch: { ...fields.value, rank } }])
}

/** Renames or colours a category; only what differs is written. */
export function editCategory(state: LogState, command: Of<'editCategory'>): Decision {
  const { id } = command
  const category = state.category(id)
  if (category === undefined) return notFound(id)
  const fields = checkNameAndColor(command.fields, category)
  if (!fields.ok) return fields
  return ok(Object.keys(fields.value).length === 0 ? [] : [{ table: 'categories', id, patch: fields.value }])
}

/** Puts a category right after `after`, else right before `before`, else at the end. */
export function reorderCategory(state: LogState, command: Of<'reorderCategory'>, context: DecideContext): Decision {
  if (state.category(command.id) === undefined) return notFound(command.id)
  const others = rankedOthers(state.categories(), command.id, (id) => state.category(id))
  return reorderRanked('categories', others, command, context.random)
}

/** Removes a category; its quests are left without one. */
export function deleteCategory(state: LogState, id: CategoryId): Decision {
  if (state.category(id) === undefined) return notFound(id)
  const quests = patchEvery(state, (quest) => quest.categoryId === id, { categoryId: null })
  return ok([...clearedRecord(state, 'categories', id), ...quests])
}

function notFound(id: CategoryId) {
  return err<CommandError>({ code: 'not-found', table: 'categories', id })
}
