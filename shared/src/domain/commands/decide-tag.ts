import { isIdShaped, type TagId } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { clearedRecord } from '../state/cleared-record.ts'
import { patchEvery } from '../state/every-quest.ts'
import type { LogState } from '../state/log-state.ts'
import type { CommandError } from './command-error.ts'
import type { GroupCommand } from './group-commands.ts'
import { checkNameAndColor, checkNewNameAndColor } from './name-and-color.ts'

type Decision = Result<readonly RecordWrite[], CommandError>
type Of<Kind extends GroupCommand['kind']> = Extract<GroupCommand, { kind: Kind }>

/** A new tag. */
export function createTag(state: LogState, command: Of<'createTag'>): Decision {
  const { id, name, color = null } = command
  if (!isIdShaped(id)) return err({ code: 'invalid-field', field: 'id', reason: 'malformed' })
  if (state.tag(id) !== undefined) return err({ code: 'already-exists', id })
  const fields = checkNewNameAndColor({ name, color })
  return fields.ok ? ok([{ table: 'tags', id, patch: fields.value }]) : fields
}

/** Renames or colours a tag; only what differs is written. */
export function editTag(state: LogState, command: Of<'editTag'>): Decision {
  const tag = state.tag(command.id)
  if (tag === undefined) return err({ code: 'not-found', table: 'tags', id: command.id })
  const fields = checkNameAndColor(command.fields, tag)
  if (!fields.ok) return fields
  return ok(Object.keys(fields.value).length === 0 ? [] : [{ table: 'tags', id: command.id, patch: fields.value }])
}

/** Removes a tag, and takes it off every quest. */
export function deleteTag(state: LogState, id: TagId): Decision {
  if (state.tag(id) === undefined) return err({ code: 'not-found', table: 'tags', id })
  const quests = patchEvery(state, (quest) => quest.tags.has(id), { [`tags/${id}`]: null })
  return ok([...clearedRecord(state, 'tags', id), ...quests])
}
