import { LIMITS } from '../fields/limits.ts'
import { checkLine } from '../fields/value-types.ts'
import { isIdShaped, type QuestId, type StepId } from '../kernel/ids.ts'
import type { Patch, RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { rankBetween } from '../order/rank.ts'
import { ranksForInsert } from '../order/ranked-insert.ts'
import type { Quest } from '../quest/quest.ts'
import type { Step } from '../quest/step.ts'
import { stepPatch } from '../quest/step.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import type { CommandError } from './command-error.ts'
import type { Command } from './commands.ts'
import { editable } from './decide-quest.ts'

type Decision = Result<readonly RecordWrite[], CommandError>
type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>

/** Adds a step after the quest's last. */
export function addStep(state: LogState, command: Of<'addStep'>, context: DecideContext): Decision {
  const quest = editable(state, command.id)
  if (!quest.ok) return quest
  const { steps } = quest.value
  if (!isIdShaped(command.stepId)) return err({ code: 'invalid-field', field: 'stepId', reason: 'malformed' })
  if (steps.has(command.stepId)) return err({ code: 'already-exists', id: command.stepId })
  if (steps.size >= LIMITS.steps) return err({ code: 'invalid-field', field: 'steps', reason: 'too-many' })
  const text = checkLine(command.text, LIMITS.stepLength)
  if (!text.ok) return err({ code: 'invalid-field', field: 'text', reason: text.error })
  const last = [...steps.values()].at(-1)
  const rank = rankBetween(last?.rank ?? null, null, context.random)
  return written(command.id, stepPatch(command.stepId, { text: text.value, rank }))
}

/** Edits a step's text, or ticks it; only what differs is written. */
export function editStep(state: LogState, command: Of<'editStep'>): Decision {
  const found = findStep(state, command.id, command.stepId)
  if (!found.ok) return found
  const fields: { text?: string; done?: boolean } = {}
  if (command.fields.text !== undefined) {
    const text = checkLine(command.fields.text, LIMITS.stepLength)
    if (!text.ok) return err({ code: 'invalid-field', field: 'text', reason: text.error })
    if (text.value !== found.value.step.text) fields.text = text.value
  }
  const { done } = command.fields
  if (done !== undefined && done !== found.value.step.done) fields.done = done
  return written(command.id, stepPatch(command.stepId, fields))
}

/** Removes a step by clearing its fields; a tick that comes late from another device does not bring it back. */
export function removeStep(state: LogState, command: Of<'removeStep'>): Decision {
  const found = findStep(state, command.id, command.stepId)
  if (!found.ok) return found
  return written(command.id, stepPatch(command.stepId, { text: null, done: null, rank: null }))
}

/** Puts a step right after `after`, else right before `before`, else at the end. */
export function reorderStep(state: LogState, command: Of<'reorderStep'>, context: DecideContext): Decision {
  const found = findStep(state, command.id, command.stepId)
  if (!found.ok) return found
  const others = [...found.value.quest.steps]
    .filter(([stepId]) => stepId !== command.stepId)
    .map(([id, { rank }]) => ({ id, rank }))
  const after = others.findIndex((other) => other.id === command.after)
  const before = others.findIndex((other) => other.id === command.before)
  if (after === -1 && before === -1 && (command.after !== null || command.before !== null)) {
    return err({ code: 'not-found', table: 'steps', id: command.after ?? command.before ?? '' })
  }
  const index = after !== -1 ? after + 1 : before !== -1 ? before : others.length
  const patch: { [path: string]: string } = {}
  for (const { id, rank } of ranksForInsert(others, index, command.stepId, context.random)) {
    patch[`steps/${id}/rank`] = rank
  }
  return written(command.id, patch)
}

function findStep(
  state: LogState,
  id: QuestId,
  stepId: StepId,
): Result<{ readonly quest: Quest; readonly step: Step }, CommandError> {
  const quest = editable(state, id)
  if (!quest.ok) return quest
  const step = quest.value.steps.get(stepId)
  if (step === undefined) return err({ code: 'not-found', table: 'steps', id: stepId })
  return ok({ quest: quest.value, step })
}

function written(id: QuestId, patch: Patch): Decision {
  return ok(Object.keys(patch).length === 0 ? [] : [{ table: 'quests', id, patch }])
}
