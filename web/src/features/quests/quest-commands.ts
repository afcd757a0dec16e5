import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { newId, type ProjectId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import type { Priority } from '@questlog/shared/domain/quest/quest'
import type { When } from '@questlog/shared/domain/time/when'
import { offerUndo, perform } from '../../actions/perform.ts'
import { timeOf, whenFrom, zoneOf } from '../../i18n/format.ts'
import { translate } from '../../i18n/translate.ts'
import { announce } from '../../ui/toasts.ts'
import { activate, celebrate, endSelecting, reveal, useUi } from './list-state.ts'

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
  const fields = place.due === null ? {} : { due: place.due }
  const quests = titles.map((title) => ({ id: newId<QuestId>(), title, fields, projectId: place.projectId }))
  const last = quests.at(-1)
  if (last === undefined || !perform(workspace, { kind: 'createQuests', quests })) return 0
  reveal(last.id)
  announce(translate('quest.added', { count: quests.length, title: last.title }))
  return quests.length
}

/** Completes an open quest or reopens a done one. */
export function toggleDone(workspace: Workspace, id: QuestId): void {
  const title = workspace.projection.quest(id)?.title ?? ''
  if (workspace.projection.isDone(id)) {
    if (perform(workspace, { kind: 'reopenQuest', id })) offerUndo(workspace, 'quest.reopened', { title })
    return
  }
  const next = neighbourOf(id)
  celebrate(id)
  if (!perform(workspace, { kind: 'completeQuest', id })) return
  // The row will leave the list, and a focus left on it would be lost. A focus on nothing is on its way to a row.
  const { activeElement } = document
  const isInHand = activeElement === document.body || activeElement?.closest('[data-quest] a') != null
  if (useUi.getState().activeId === id && next !== null) activate(next, isInHand)
  offerUndo(workspace, 'quest.completed', { title })
}

/** Completes all the open quests among these, or opens them again when all are done; one step to undo. */
export function toggleAllDone(workspace: Workspace, ids: readonly QuestId[]): void {
  const open = ids.filter((id) => !workspace.projection.isDone(id))
  const reopens = open.length === 0
  if (!perform(workspace, { kind: reopens ? 'reopenQuests' : 'completeQuests', ids })) return
  endSelecting()
  if (reopens) offerUndo(workspace, 'quest.reopenedMany', { count: ids.length })
  else offerUndo(workspace, 'quest.completedMany', { count: open.length })
}

/** Moves quests to the end of a project, or of the Inbox for null. */
export function moveAll(workspace: Workspace, ids: readonly QuestId[], projectId: ProjectId | null): void {
  const settle = stayInList()
  if (!perform(workspace, { kind: 'moveQuests', ids, projectId, sectionId: null })) return
  endSelecting()
  settle()
  const name = projectId === null ? translate('nav.inbox') : (workspace.projection.project(projectId)?.name ?? '')
  offerUndo(workspace, 'quest.movedTo', { count: ids.length, name })
}

/** Sets the day quests are due, or none; a time of day that a quest has is kept. */
export function setDueDay(workspace: Workspace, ids: readonly QuestId[], day: string | null): void {
  const edits = ids.map((id) => {
    const due = workspace.projection.quest(id)?.due ?? null
    const time = due === null ? null : timeOf(due)
    const zone = due === null ? null : zoneOf(due)
    return { id, fields: { due: day === null ? null : whenFrom(day, time ?? '', zone) } }
  })
  const settle = stayInList()
  if (!perform(workspace, { kind: 'editQuests', edits })) return
  settle()
  offerUndo(workspace, day === null ? 'due.cleared' : 'due.set', { count: ids.length })
}

/** Moves quests to the Trash and offers to take it back. */
export function trashAll(workspace: Workspace, ids: readonly QuestId[]): void {
  if (ids.length === 0) return
  const last = ids.at(-1)
  const next = last === undefined ? null : neighbourOf(last)
  if (!perform(workspace, { kind: 'trashQuests', ids })) return
  endSelecting()
  activate(next, document.activeElement?.closest('[data-quest]') != null)
  offerUndo(workspace, 'quest.trashed', { count: ids.length })
}

/** Takes quests, and with them their projects, out of the Trash; other projects by themselves. */
export function restoreAll(workspace: Workspace, ids: readonly QuestId[], projectIds: readonly ProjectId[] = []): void {
  if (!perform(workspace, { kind: 'restoreQuests', ids, projectIds })) return
  if (ids.length > 0) offerUndo(workspace, 'quest.restored', { count: ids.length })
  else offerUndo(workspace, 'project.restoredMany', { count: projectIds.length })
}

/** Sets the priority of quests. */
export function setPriority(workspace: Workspace, ids: readonly QuestId[], priority: Priority): void {
  const edits = ids.map((id) => ({ id, fields: { priority } }))
  if (ids.length === 0 || !perform(workspace, { kind: 'editQuests', edits })) return
  if (ids.length > 1)
    offerUndo(workspace, priority === 0 ? 'priority.clearedMany' : 'priority.setMany', { count: ids.length, priority })
  else announce(translate(priority === 0 ? 'priority.cleared' : 'priority.set', { priority }))
}

/** Sets the priority of quests; the priority they all have already is taken away. */
export function togglePriority(workspace: Workspace, ids: readonly QuestId[], priority: Priority): void {
  const all = ids.every((id) => workspace.projection.quest(id)?.priority === priority)
  setPriority(workspace, ids, all ? 0 : priority)
}

/**
 * Call it before a command given in a dialog; what it returns, after it. The row in hand may then be in another section
 * or out of the list, and the dialog gives the focus back to whatever had it before.
 */
function stayInList(): () => void {
  const { activeId } = useUi.getState()
  const next = activeId === null ? null : neighbourOf(activeId)
  const settle = () => {
    const { activeElement } = document
    const isOnRow = activeElement === document.body || activeElement?.closest('[data-quest]') != null
    const isThere = activeId !== null && useUi.getState().visibleIds.includes(activeId)
    if (isOnRow) activate(isThere ? activeId : next, true)
  }
  // The first frame renders the list again, in the second the dialog is gone.
  return () => requestAnimationFrame(() => requestAnimationFrame(settle))
}

/** The quest that takes the active row's place when `id` leaves the list. */
function neighbourOf(id: QuestId): QuestId | null {
  const { visibleIds } = useUi.getState()
  const at = visibleIds.indexOf(id)
  return visibleIds[at + 1] ?? visibleIds[at - 1] ?? null
}
