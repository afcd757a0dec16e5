import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import type { ComponentType } from 'react'
import type { MessageKey } from '../i18n/message.ts'

/** Where the list of keys and the palette show an action. */
export type ActionGroup = 'general' | 'list' | 'quest' | 'go'

/** Something a person can do: by its keys, from the palette, and wherever else it is offered. */
export interface Action {
  /** Stays the same, whatever its name and keys become. */
  readonly id: string
  readonly name: MessageKey
  readonly group: ActionGroup
  /**
   * Chords: modifiers in the order mod, alt, shift, then the `event.key`; two chords with a space between are pressed
   * one after the other. `mod` is ⌘ on Apple devices and Ctrl elsewhere.
   */
  readonly keys: readonly string[]
  readonly icon?: ComponentType
  /** Whether a key held down carries the action out again and again. Others would destroy more than was meant. */
  readonly repeats?: true
  /** Whether its keys count while text is typed into a field as well. */
  readonly inFields?: true
  /** Whether it makes no sense to choose it from the palette. */
  readonly byKeyOnly?: true
  /** In which logs it can mean something; in all where left out. */
  readonly when?: (workspace: Pick<Workspace, 'ref'>) => boolean
  /**
   * Carries it out, or says why the log takes no changes before anything is begun. Returns false when there was nothing
   * to act on. Code that is not needed for the first screen is fetched here.
   */
  readonly run: (workspace: Workspace) => boolean
}

/** Whether an action can mean something in this log: a personal one has nobody to assign quests to. */
export function isOffered({ when }: Action, workspace: Pick<Workspace, 'ref'>): boolean {
  return when === undefined || when(workspace)
}

const groups: readonly ActionGroup[] = ['general', 'list', 'quest', 'go']

/** Actions by their group; within one they keep their order. */
export function inGroups(actions: readonly Action[]): readonly Action[] {
  return groups.flatMap((group) => actions.filter((action) => action.group === group))
}
