import type { QuestId, RelationId } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { clearedRecord } from '../state/cleared-record.ts'
import type { LogState } from '../state/log-state.ts'
import type { Command, CommandError } from './commands.ts'

type PurgeQuests = Extract<Command, { kind: 'purgeQuests' }>

/**
 * Removes quests of the Trash for good, all or none, with their relations. Every field is cleared, so that an edit which
 * comes late from another device does not bring one back. Their completions stay: nothing earned is taken away.
 */
export function purgeQuests(state: LogState, command: PurgeQuests): Result<readonly RecordWrite[], CommandError> {
  const ids = new Set(command.ids)
  const relationIds = new Set<RelationId>()
  for (const id of ids) {
    const quest = state.quest(id)
    if (quest === undefined) return err({ code: 'not-found', table: 'quests', id })
    if (quest.deletedAt === null) return err({ code: 'not-trashed', id })
    for (const relation of state.relationsOf(id)) relationIds.add(relation.id)
  }
  const writes: RecordWrite[] = []
  for (const id of ids) writes.push(...clearedRecord(state, 'quests', id))
  for (const id of relationIds) writes.push(...clearedRecord(state, 'relations', id))
  return ok(writes)
}

/** The quests whose notes are to be emptied once the command is written: notes are no records. */
export function notesToClear(command: PurgeQuests): readonly QuestId[] {
  return [...new Set(command.ids)]
}
