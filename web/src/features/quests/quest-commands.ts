import type { Workspace } from '@questlog/shared/client/workspace'
import { newId, type ProjectId, type QuestId } from '@questlog/shared/domain/ids'
import type { Priority } from '@questlog/shared/domain/quest'
import type { When } from '@questlog/shared/domain/when'
import { perform, undo } from '../../app/perform.ts'
import { announce, showToast } from '../../app/toasts.ts'
import { activate, celebrate, clearSelection, useUi } from '../../app/ui-store.ts'
import { translate } from '../../i18n/translate.ts'

/** Where quick-add puts new quests. */
export interface QuestPlace {
  readonly projectId: ProjectId | null
  readonly due: When | null
}

/** Creates one quest per line of text, in the order written; returns how many were made. */
export function createQuests(workspace: Workspace, text: string, place: QuestPlace): number {
  const titles = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  let made = 0
  for (const title of titles) {
    const id = newId<QuestId>()
    const fields = place.due === null ? {} : { due: place.due }
    if (!perform(workspace, { kind: 'createQuest', id, title, fields, projectId: place.projectId })) break
    made += 1
    activate(id)
  }
  if (made > 0) announce(translate('quest.added', { count: made, title: titles[0] ?? '' }))
  return made
}

/** Completes an open quest or reopens a done one. */
export function toggleDone(workspace: Workspace, id: QuestId): void {
  const title = workspace.projection.quest(id)?.title ?? ''
  if (workspace.projection.isDone(id)) {
    if (perform(workspace, { kind: 'reopenQuest', id })) announce(translate('quest.reopened', { title }))
    return
  }
  const next = neighbourOf(id)
  celebrate(id)
  if (!perform(workspace, { kind: 'completeQuest', id })) return
  if (useUi.getState().activeId === id && next !== null) activate(next)
  showToast({
    tone: 'info',
    message: 'quest.completed',
    values: { title },
    action: { label: 'undo', run: () => undo(workspace) },
  })
}

/** Completes all the open quests among these. */
export function completeAll(workspace: Workspace, ids: readonly QuestId[]): void {
  const open = ids.filter((id) => !workspace.projection.isDone(id))
  const done = open.filter((id) => perform(workspace, { kind: 'completeQuest', id }))
  clearSelection()
  if (done.length > 0) showToast({ tone: 'info', message: 'quest.completedMany', values: { count: done.length } })
}

/** Moves quests to the Trash and offers to take it back. */
export function trashAll(workspace: Workspace, ids: readonly QuestId[]): void {
  if (ids.length === 0) return
  const last = ids.at(-1)
  const next = last === undefined ? null : neighbourOf(last)
  if (!perform(workspace, { kind: 'trashQuests', ids })) return
  clearSelection()
  activate(next, document.activeElement?.closest('[data-quest]') !== null)
  showToast({
    tone: 'info',
    message: 'quest.trashed',
    values: { count: ids.length },
    action: { label: 'undo', run: () => undo(workspace) },
  })
}

/** Takes quests out of the Trash. */
export function restoreAll(workspace: Workspace, ids: readonly QuestId[]): void {
  if (perform(workspace, { kind: 'restoreQuests', ids }))
    showToast({ tone: 'info', message: 'quest.restored', values: { count: ids.length } })
}

/** Sets the priority of quests; the priority they all have already is taken away. */
export function setPriority(workspace: Workspace, ids: readonly QuestId[], priority: Priority): void {
  const all = ids.every((id) => workspace.projection.quest(id)?.priority === priority)
  const target = all ? 0 : priority
  for (const id of ids) perform(workspace, { kind: 'editQuest', id, fields: { priority: target } })
  if (ids.length > 0) announce(translate(target === 0 ? 'priority.cleared' : 'priority.set', { priority: target }))
}

/** The quest that takes the active row's place when `id` leaves the list. */
function neighbourOf(id: QuestId): QuestId | null {
  const { visibleIds } = useUi.getState()
  const at = visibleIds.indexOf(id)
  return visibleIds[at + 1] ?? visibleIds[at - 1] ?? null
}
