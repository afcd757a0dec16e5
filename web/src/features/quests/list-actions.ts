import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import type { Action } from '../../actions/action.ts'
import { inHand, moveActive, toggleSelected, useUi } from './list-state.ts'
import { reorderBy } from './reorder.ts'

/** Moving through a list, selecting in it, and its order. */
export const listActions: readonly Action[] = [
  {
    id: 'next',
    name: 'action.next',
    group: 'list',
    keys: ['j', 'ArrowDown'],
    repeats: true,
    byKeyOnly: true,
    run: () => moveActive(1),
  },
  {
    id: 'previous',
    name: 'action.previous',
    group: 'list',
    keys: ['k', 'ArrowUp'],
    repeats: true,
    byKeyOnly: true,
    run: () => moveActive(-1),
  },
  { id: 'select', name: 'action.select', group: 'list', keys: ['x'], run: select },
  {
    id: 'select-next',
    name: 'action.selectNext',
    group: 'list',
    keys: ['shift+ArrowDown'],
    repeats: true,
    byKeyOnly: true,
    run: () => moveActive(1, true),
  },
  {
    id: 'select-previous',
    name: 'action.selectPrevious',
    group: 'list',
    keys: ['shift+ArrowUp'],
    repeats: true,
    byKeyOnly: true,
    run: () => moveActive(-1, true),
  },
  {
    id: 'reorder-up',
    name: 'action.reorderUp',
    group: 'list',
    keys: ['alt+ArrowUp'],
    repeats: true,
    run: (workspace) => reorder(workspace, -1),
  },
  {
    id: 'reorder-down',
    name: 'action.reorderDown',
    group: 'list',
    keys: ['alt+ArrowDown'],
    repeats: true,
    run: (workspace) => reorder(workspace, 1),
  },
]

function select(): boolean {
  const id = inHand()
  if (id !== null && useUi.getState().visibleIds.includes(id)) toggleSelected(id)
  return id !== null
}

function reorder(workspace: Workspace, by: -1 | 1): boolean {
  const id = inHand()
  if (id !== null) reorderBy(workspace, id, by)
  return id !== null
}
