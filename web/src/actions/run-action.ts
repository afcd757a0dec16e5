import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { flushSync } from 'react-dom'
import {
  endSelecting,
  inHand,
  moveActive,
  openDialog,
  targetIds,
  toggleSelected,
  useUi,
} from '../features/quests/list-state.ts'
import { closeQuest, goTo, openQuest } from '../features/quests/open-quest.ts'
import { toggleAllDone, toggleDone, togglePriority, trashAll } from '../features/quests/quest-commands.ts'
import { reorderBy } from '../features/quests/reorder.ts'
import { focusField, forgetAwaitedField, isNarrow, leaveEditorField } from '../ui/focus.ts'
import type { ActionId } from './keymap.ts'
import { mayChange, redo, undo } from './perform.ts'

const priorityOf = { 'priority-1': 1, 'priority-2': 2, 'priority-3': 3, 'priority-4': 4 } as const

/**
 * Carries out an action on the selection or the active row, or says why the log takes no changes before anything is
 * begun. Returns false when there was nothing to act on.
 */
export function runAction(action: ActionId, workspace: Workspace): boolean {
  const ids = targetIds()
  const id = inHand()
  switch (action) {
    case 'palette':
    case 'search':
    case 'keys':
    case 'new-party':
    case 'switch-log':
      openDialog(action)
      return true
    case 'new-project':
      if (mayChange(workspace)) openDialog(action)
      return true
    case 'due':
    case 'tag':
    case 'move':
      if (ids.length > 0 && mayChange(workspace)) openDialog(action)
      return ids.length > 0
    case 'assign':
      if (ids.length === 0 || workspace.ref.kind !== 'party') return false
      if (mayChange(workspace)) openDialog(action)
      return true
    case 'quick-add':
      return !mayChange(workspace) || focusQuickAdd()
    case 'next':
      return moveActive(1)
    case 'previous':
      return moveActive(-1)
    case 'select-next':
      return moveActive(1, true)
    case 'select-previous':
      return moveActive(-1, true)
    case 'select':
      if (id !== null && useUi.getState().visibleIds.includes(id)) toggleSelected(id)
      return id !== null
    case 'open':
    case 'edit':
      if (id === null) return false
      if (action === 'open') openQuest(id)
      else {
        flushSync(() => openQuest(id))
        focusField('[data-editor] textarea')
      }
      return true
    case 'close':
      return closeOneThing()
    case 'complete':
      return complete(workspace)
    case 'priority-1':
    case 'priority-2':
    case 'priority-3':
    case 'priority-4':
      togglePriority(workspace, ids, priorityOf[action])
      return ids.length > 0
    case 'reorder-up':
    case 'reorder-down':
      if (id !== null) reorderBy(workspace, id, action === 'reorder-up' ? -1 : 1)
      return id !== null
    case 'trash':
      trashAll(workspace, ids)
      return ids.length > 0
    case 'undo':
      undo(workspace)
      return true
    case 'redo':
      redo(workspace)
      return true
    case 'go-inbox':
      goTo('/')
      return true
    case 'go-today':
      goTo('/today')
      return true
    case 'go-projects':
      goTo('/projects')
      return true
    case 'go-activity':
      goTo('/activity')
      return true
    case 'go-trash':
      goTo('/trash')
      return true
    case 'go-sync':
      goTo('/devices')
      return true
    case 'go-settings':
      goTo('/settings')
      return true
    case 'go-party':
      goTo('/party')
      return true
    case 'go-keys':
      goTo('/settings/keys')
      return true
  }
}

function complete(workspace: Workspace): boolean {
  const { selection } = useUi.getState()
  const ids = targetIds()
  const [only] = ids
  if (only === undefined) return false
  if (selection.size > 0) toggleAllDone(workspace, ids)
  else toggleDone(workspace, only)
  return true
}

/** Escape steps back by one: out of a field of the editor, then the editor, then the selection. */
function closeOneThing(): boolean {
  forgetAwaitedField()
  if (!isNarrow() && leaveEditorField()) return true
  const { selection, selecting } = useUi.getState()
  if (new URLSearchParams(location.search).has('quest')) {
    closeQuest()
    return true
  }
  if (selection.size === 0 && !selecting) return false
  endSelecting()
  return true
}

function focusQuickAdd(): boolean {
  const field = document.querySelector('[data-quick-add]')
  if (field === null) flushSync(() => goTo('/'))
  focusField('[data-quick-add]')
  return true
}
