import type { QuestId, RelationId } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Quest } from '../quest/quest.ts'
import { clearedRecord } from '../state/cleared-record.ts'
import { patchEvery } from '../state/every-quest.ts'
import type { LogState } from '../state/log-state.ts'
import type { CommandError } from './command-error.ts'
import type { Command } from './commands.ts'

type PurgeQuests = Extract<Command, { kind: 'purgeQuests' }>

/**
 * Removes quests of the Trash for good, all or none, with their relations, and projects with their sections and the
 * quests that went to the Trash with them. Every field is cleared, so that an edit which comes late from another device
 * does not bring one back. Completions stay: nothing earned is taken away. What else a project held goes to the Inbox.
 */
export function purgeQuests(state: LogState, command: PurgeQuests): Result<readonly RecordWrite[], CommandError> {
  const projectIds = new Set(command.projectIds)
  for (const id of projectIds) {
    const project = state.project(id)
    if (project === undefined) return err({ code: 'not-found', table: 'projects', id })
    if (project.deletedAt === null) return err({ code: 'not-trashed', id })
  }
  const ids = questsToPurge(state, command)
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
  for (const id of projectIds) {
    for (const sectionId of state.sections(id)) writes.push(...clearedRecord(state, 'sections', sectionId))
    writes.push(...clearedRecord(state, 'projects', id))
    const stays = (quest: Quest) => quest.projectId === id && !ids.has(quest.id)
    writes.push(...patchEvery(state, stays, { projectId: null, sectionId: null }))
  }
  return ok(writes)
}

/** The quests whose notes are to be emptied once the command is written: notes are no records. */
export function notesToClear(state: LogState, command: PurgeQuests): readonly QuestId[] {
  return [...questsToPurge(state, command)]
}

function questsToPurge(state: LogState, command: PurgeQuests): ReadonlySet<QuestId> {
  const ids = new Set(command.ids)
  const trashedAt = new Map((command.projectIds ?? []).map((id) => [id, state.project(id)?.deletedAt ?? null]))
  if (trashedAt.size === 0) return ids
  for (const id of state.list({ kind: 'trash' })) {
    const quest = state.quest(id)
    if (quest?.projectId && quest.deletedAt === trashedAt.get(quest.projectId)) ids.add(id)
  }
  return ids
}
