import type { QuestId } from '../kernel/ids.ts'

/** What is wrong with a value a person gave. */
export type InvalidReason =
  | 'empty'
  | 'too-long'
  | 'control-characters'
  | 'malformed'
  | 'not-an-option'
  | 'not-an-integer'
  | 'out-of-range'
  | 'not-a-date'
  | 'unknown-zone'
  | 'too-many'

/** Why a command was not carried out. */
export type CommandError =
  | {
      readonly code: 'not-found'
      readonly table:
        | 'quests'
        | 'projects'
        | 'sections'
        | 'tags'
        | 'categories'
        | 'steps'
        | 'reminders'
        | 'relations'
        | 'templates'
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
