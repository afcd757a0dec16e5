import type { RelationId } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { isRelatable, relationEnds, relationIdOf } from '../relations/relation-id.ts'
import { clearedRecord } from '../state/cleared-record.ts'
import { blocksPath } from '../state/dependencies.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import type { CommandError } from './command-error.ts'
import type { Command } from './commands.ts'
import { editable } from './decide-quest.ts'

type Decision = Result<readonly RecordWrite[], CommandError>

/**
 * Relates two quests; nothing to write where they are. All its fields are written, so that of two devices that relate
 * and unrelate offline one wins as a whole. A `blocks` that would close a circle is refused.
 */
export function relate(
  state: LogState,
  command: Extract<Command, { kind: 'relate' }>,
  context: DecideContext,
): Decision {
  const { relation: kind, from, to } = command
  for (const end of [from, to]) {
    const quest = editable(state, end)
    if (!quest.ok) return quest
    if (!isRelatable(end)) return err({ code: 'invalid-field', field: 'id', reason: 'too-long' })
  }
  const id = relationIdOf(kind, from, to)
  if (state.relation(id) !== undefined) return ok([])
  if (kind === 'blocks') {
    const path = blocksPath(state, to, from)
    if (path !== null) return err({ code: 'cycle', kind, path: [from, ...path] })
  } else if (from === to) return err({ code: 'invalid-field', field: 'to', reason: 'not-an-option' })
  const patch = { kind, ...relationEnds(kind, from, to), createdAt: context.now, createdBy: context.userId }
  return ok([{ table: 'relations', id, patch }])
}

/** Removes a relation. */
export function unrelate(state: LogState, id: RelationId): Decision {
  if (state.relation(id) === undefined) return err({ code: 'not-found', table: 'relations', id })
  return ok(clearedRecord(state, 'relations', id))
}
