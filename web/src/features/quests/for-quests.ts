import type { ComponentType } from 'react'
import type { Action } from '../../actions/action.ts'
import { mayChange } from '../../actions/perform.ts'
import { openDialog } from '../../ui/dialogs.ts'
import { targetIds } from './list-state.ts'

/** The handler of an action that opens a dialog about the selected quests or the one in hand. */
export function opensForQuests(Dialog: ComponentType): Action['run'] {
  return (workspace) => {
    const hasQuests = targetIds().length > 0
    if (hasQuests && mayChange(workspace)) openDialog(Dialog)
    return hasQuests
  }
}
