import type { CommandError } from '../../domain/commands/command-error.ts'
import type { Command } from '../../domain/commands/commands.ts'
import { decide } from '../../domain/commands/decide.ts'
import { notesToClear } from '../../domain/commands/decide-purge.ts'
import type { QuestId, UserId } from '../../domain/kernel/ids.ts'
import type { RecordWrite } from '../../domain/kernel/record-write.ts'
import { ok, type Result } from '../../domain/kernel/result.ts'
import type { History } from '../../store/history.ts'
import type { Projection } from '../../store/projection.ts'
import type { QuestDocument, WriteReceipt } from '../../store/quest-document.ts'

export interface DispatchDeps {
  readonly document: QuestDocument
  readonly projection: Projection
  readonly history: History<Command>
  readonly now: () => number
  readonly timeZone: () => string
  readonly dayStartHour?: () => number
  readonly userId: () => UserId | null
  readonly random: () => number
  readonly isReadOnly: () => boolean
}

/**
 * Makes the one path of a command: decided on the present state, written in one transaction, kept for undo. What is
 * removed for good goes with its notes, and is not kept: an undo could not bring all of it back.
 */
export function createDispatch(deps: DispatchDeps): (command: Command) => Result<WriteReceipt, CommandError> {
  return (command) => {
    const decided = decide(deps.projection, command, {
      now: deps.now(),
      tz: deps.timeZone(),
      dayStartHour: deps.dayStartHour?.() ?? 0,
      userId: deps.userId(),
      random: deps.random,
      readOnly: deps.isReadOnly(),
    })
    if (!decided.ok) return decided
    if (command.kind === 'purgeQuests') {
      return ok(removeForGood(deps.document, decided.value, notesToClear(deps.projection, command)))
    }
    const receipt = deps.document.write(decided.value)
    deps.history.push(receipt, command)
    return ok(receipt)
  }
}

function removeForGood(
  document: QuestDocument,
  writes: readonly RecordWrite[],
  notes: readonly QuestId[],
): WriteReceipt {
  return document.doc.transact(() => {
    document.clearNotes(notes)
    return document.write(writes)
  }, document)
}
