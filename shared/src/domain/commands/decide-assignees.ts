import { LIMITS } from '../fields/limits.ts'
import { isIdShaped } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { LogState } from '../state/log-state.ts'
import type { CommandError } from './command-error.ts'
import type { Command } from './commands.ts'
import { editable } from './decide-quest.ts'

type Decision = Result<readonly RecordWrite[], CommandError>
type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>

/** Assigns a quest to someone; nothing to write when it is theirs. Who is a member of the workspace is not known here. */
export function assignQuest(state: LogState, command: Of<'assignQuest'>): Decision {
  const { id, userId } = command
  const quest = editable(state, id)
  if (!quest.ok) return quest
  if (!isIdShaped(userId)) return err({ code: 'invalid-field', field: 'userId', reason: 'malformed' })
  if (quest.value.assignees.has(userId)) return ok([])
  if (quest.value.assignees.size >= LIMITS.assignees) {
    return err({ code: 'invalid-field', field: 'assignees', reason: 'too-many' })
  }
  return ok([{ table: 'quests', id, patch: { [`assignees/${userId}`]: true } }])
}

/** Takes a quest from someone, one who left included; nothing to write when it is not theirs. */
export function unassignQuest(state: LogState, command: Of<'unassignQuest'>): Decision {
  const { id, userId } = command
  const quest = editable(state, id)
  if (!quest.ok) return quest
  if (!quest.value.assignees.has(userId)) return ok([])
  return ok([{ table: 'quests', id, patch: { [`assignees/${userId}`]: null } }])
}
