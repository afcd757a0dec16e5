import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import type { ComponentType } from 'react'
import type { MessageKey } from '../i18n/message.ts'
import type { Action } from './action.ts'

/** A page of the app at an address of its own. */
export interface Screen {
  /** A pattern such as `/projects/:id`; what stands at `:id` is given to the component. */
  readonly path: string
  readonly title: MessageKey
  readonly component: ComponentType<{ readonly id: string }>
  /** Where the navigation lists it: with what is about the log on screen, or with the rest. Nowhere where left out. */
  readonly nav?: 'log' | 'more'
  /** In which logs the navigation lists it; in all where left out. */
  readonly when?: (workspace: Pick<Workspace, 'ref'>) => boolean
}

/** What a feature brings along: its screens, and what can be done in it. */
export interface Feature {
  readonly screens?: readonly Screen[]
  readonly actions?: readonly Action[]
}
