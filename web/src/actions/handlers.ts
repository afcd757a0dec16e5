import type { ComponentType } from 'react'
import { openDialog } from '../ui/dialogs.ts'
import { goTo } from '../ui/go-to.ts'
import type { Action } from './action.ts'

/** The handler of an action that opens a dialog. */
export function opens(Dialog: ComponentType): Action['run'] {
  return () => {
    openDialog(Dialog)
    return true
  }
}

/** The handler of an action that goes to a page. */
export function goesTo(path: string): Action['run'] {
  return () => {
    goTo(path)
    return true
  }
}
