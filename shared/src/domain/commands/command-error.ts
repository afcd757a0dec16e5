import type { InvalidReason } from '../fields/checked.ts'
import type { QuestId } from '../kernel/ids.ts'
import type { ReadTable } from '../kinds/record-kinds.ts'

/** Why a command was not carried out. */
export type CommandError =
  | {
      readonly code: 'not-found'
      readonly table: Exclude<ReadTable, 'completions'> | 'steps' | 'reminders'
      readonly id: string
    }
  | { readonly code: 'already-exists'; readonly id: string }
  | { readonly code: 'invalid-field'; readonly field: string; readonly reason: InvalidReason }
  | { readonly code: 'trashed'; readonly id: string }
  | { readonly code: 'already-done'; readonly id: string }
  | { readonly code: 'not-done'; readonly id: string }
  | { readonly code: 'not-trashed'; readonly id: string }
  /** The circle that would be closed, from the quest the command names to itself again. */
  | { readonly code: 'cycle'; readonly kind: 'blocks' | 'parent'; readonly path: readonly QuestId[] }
  | { readonly code: 'read-only' }
