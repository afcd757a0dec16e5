import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { perform } from '../../actions/perform.ts'
import { translate } from '../../i18n/translate.ts'
import { announce } from '../../ui/toasts.ts'
import { activate } from './list-state.ts'

/** One run of a list whose quests can be put in another order among themselves. */
export interface OrderedRun {
  readonly list: 'list' | 'today'
  readonly ids: readonly QuestId[]
}

let currentRuns: readonly OrderedRun[] = []

/** Tells which runs the list on screen has, for the reorder keys. */
export function setOrderedRuns(runs: readonly OrderedRun[]): void {
  currentRuns = runs
}

/** Puts a quest at a place in its run, counted without the quest itself. */
export function reorderTo(workspace: Workspace, run: OrderedRun, id: QuestId, index: number): void {
  const others = run.ids.filter((other) => other !== id)
  const place = { after: others[index - 1] ?? null, before: others[index] ?? null }
  if (!perform(workspace, { kind: 'reorderQuest', id, list: run.list, place })) return
  announce(translate('quest.moved', { position: index + 1, count: run.ids.length }))
}

/** Moves a quest up or down by one within its run. */
export function reorderBy(workspace: Workspace, id: QuestId, by: -1 | 1): void {
  const run = currentRuns.find((candidate) => candidate.ids.includes(id))
  if (run === undefined) return
  const target = run.ids.indexOf(id) + by
  if (target < 0 || target >= run.ids.length) return
  reorderTo(workspace, run, id, target)
  activate(id, true)
}
