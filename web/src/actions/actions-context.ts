import { createContext, useContext } from 'react'
import type { Action } from './action.ts'

export const ActionsContext = createContext<readonly Action[]>([])

/** Everything that can be done in the app, in order. */
export function useActions(): readonly Action[] {
  return useContext(ActionsContext)
}
