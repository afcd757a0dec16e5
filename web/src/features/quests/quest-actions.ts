import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import type { Priority } from '@questlog/shared/domain/quest/quest'
import { flushSync } from 'react-dom'
import type { Action } from '../../actions/action.ts'
import { focusField, forgetAwaitedField, isNarrow, leaveEditorField } from '../../ui/focus.ts'
import { opensForQuests } from './for-quests.ts'
import { DuePicker, MovePicker, TagPicker } from './later-pickers.ts'
import { endSelecting, inHand, targetIds, useUi } from './list-state.ts'
import { closeQuest, openQuest } from './open-quest.ts'
import { toggleAllDone, toggleDone, togglePriority } from './quest-commands.ts'

/** What can be done with the quest in hand or the selected ones. */
export const questActions: readonly Action[] = [
  { id: 'open', name: 'action.open', group: 'quest', keys: ['Enter'], run: open },
  {
    id: 'close',
    name: 'close',
    group: 'quest',
    keys: ['Escape'],
    inFields: true,
    byKeyOnly: true,
    run: closeOneThing,
  },
  { id: 'complete', name: 'action.complete', group: 'quest', keys: ['c', ' '], run: complete },
  { id: 'edit', name: 'action.edit', group: 'quest', keys: ['e'], run: edit },
  { id: 'due', name: 'action.due', group: 'quest', keys: ['d'], run: opensForQuests(DuePicker) },
  ...([1, 2, 3, 4] as const).map(priorityAction),
  { id: 'tag', name: 'action.tag', group: 'quest', keys: ['t'], run: opensForQuests(TagPicker) },
  { id: 'move', name: 'action.move', group: 'quest', keys: ['m'], run: opensForQuests(MovePicker) },
]

function priorityAction(priority: Exclude<Priority, 0>): Action {
  return {
    id: `priority-${priority}`,
    name: `priority.${priority}`,
    group: 'quest',
    keys: [String(priority)],
    run(workspace) {
      const ids = targetIds()
      togglePriority(workspace, ids, priority)
      return ids.length > 0
    },
  }
}

function open(): boolean {
  const id = inHand()
  if (id !== null) openQuest(id)
  return id !== null
}

function edit(): boolean {
  const id = inHand()
  if (id === null) return false
  flushSync(() => openQuest(id))
  focusField('[data-editor] textarea')
  return true
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
