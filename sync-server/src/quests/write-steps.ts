import type { CommandError } from '@questlog/shared/domain/commands/command-error'
import { newId, type QuestId, type StepId, storedId } from '@questlog/shared/domain/kernel/ids'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { PatchQuest } from '@questlog/shared/protocol/quest-writes'
import type { Draft } from '../read-model/workspace-store.ts'

interface WantedStep {
  readonly text: string
  /** As it is where it is left out; a new step is not done. */
  readonly done?: boolean | undefined
}

/** Gives a quest the steps wanted, in their order, where any are said; those without an id are new. */
export function writeSteps(draft: Draft, id: QuestId, { steps }: PatchQuest): Result<void, CommandError> {
  if (steps === undefined) return ok(undefined)
  const wanted = new Map<StepId, WantedStep>(
    steps.map(({ id: stepId, text, done }) => [stepId === undefined ? newId() : storedId(stepId), { text, done }]),
  )
  if (wanted.size !== steps.length) return err({ code: 'invalid-field', field: 'steps', reason: 'malformed' })
  for (const stepId of stepIds(draft, id)) {
    if (wanted.has(stepId)) continue
    const removed = draft.dispatch({ kind: 'removeStep', id, stepId })
    if (!removed.ok) return removed
  }
  for (const [stepId, step] of wanted) {
    const written = writeStep(draft, id, stepId, step)
    if (!written.ok) return inSteps(written.error)
  }
  return orderSteps(draft, id, [...wanted.keys()])
}

/** Adds a step, or makes it what is wanted. */
export function writeStep(draft: Draft, id: QuestId, stepId: StepId, step: WantedStep): Result<void, CommandError> {
  if (draft.state.quest(id)?.steps.has(stepId) !== true) {
    const added = draft.dispatch({ kind: 'addStep', id, stepId, text: step.text })
    if (!added.ok || step.done !== true) return added
  }
  const { text, done } = step
  return draft.dispatch({ kind: 'editStep', id, stepId, fields: { text, ...(done !== undefined && { done }) } })
}

function orderSteps(draft: Draft, id: QuestId, wanted: readonly StepId[]): Result<void, CommandError> {
  for (const [place, stepId] of wanted.entries()) {
    const there = stepIds(draft, id)[place]
    if (there === stepId || there === undefined) continue
    const moved = draft.dispatch({ kind: 'reorderStep', id, stepId, after: null, before: there })
    if (!moved.ok) return moved
  }
  return ok(undefined)
}

function stepIds(draft: Draft, id: QuestId): readonly StepId[] {
  return [...(draft.state.quest(id)?.steps.keys() ?? [])]
}

function inSteps(error: CommandError): Result<never, CommandError> {
  return err(error.code === 'invalid-field' ? { ...error, field: 'steps' } : error)
}
