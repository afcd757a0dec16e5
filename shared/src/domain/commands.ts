import type { ProjectId, QuestId, SectionId, StepId, TagId } from './ids.ts'
import type { Quest, Step } from './quest.ts'

/** The fields a person may set with `editQuest`; a null clears a field. */
export type QuestEdit = Partial<
  Pick<
    Quest,
    | 'title'
    | 'status'
    | 'priority'
    | 'difficulty'
    | 'energy'
    | 'start'
    | 'scheduled'
    | 'due'
    | 'deadline'
    | 'estimateMin'
    | 'recurrence'
  >
>

/**
 * Where a quest goes in an ordered list: between these two neighbours (null: the end on that side). A place may be
 * stale: `after` leads where the two no longer touch, and a neighbour that left the list still marks its old place.
 */
export interface Place {
  readonly after: QuestId | null
  readonly before: QuestId | null
}

/** A quest to be made; what is left out has its default. */
export interface NewQuest {
  readonly id: QuestId
  readonly title: string
  readonly fields?: Omit<QuestEdit, 'title'>
  readonly projectId?: ProjectId | null
  readonly sectionId?: SectionId | null
  readonly parentId?: QuestId | null
  readonly tags?: readonly TagId[]
}

/** What a person asks of the log. Decided purely by `decide`, written in one transaction. */
export type Command =
  | ({ readonly kind: 'createQuest' } & NewQuest)
  | { readonly kind: 'createQuests'; readonly quests: readonly NewQuest[] }
  | { readonly kind: 'editQuest'; readonly id: QuestId; readonly fields: QuestEdit }
  | { readonly kind: 'editQuests'; readonly edits: readonly { readonly id: QuestId; readonly fields: QuestEdit }[] }
  | { readonly kind: 'completeQuest'; readonly id: QuestId }
  | { readonly kind: 'completeQuests'; readonly ids: readonly QuestId[] }
  | { readonly kind: 'reopenQuest'; readonly id: QuestId }
  | { readonly kind: 'reopenQuests'; readonly ids: readonly QuestId[] }
  | { readonly kind: 'trashQuests'; readonly ids: readonly QuestId[] }
  | { readonly kind: 'restoreQuests'; readonly ids: readonly QuestId[]; readonly projectIds?: readonly ProjectId[] }
  | {
      readonly kind: 'moveQuest'
      readonly id: QuestId
      readonly projectId: ProjectId | null
      readonly sectionId: SectionId | null
    }
  | {
      readonly kind: 'moveQuests'
      readonly ids: readonly QuestId[]
      readonly projectId: ProjectId | null
      readonly sectionId: SectionId | null
    }
  | { readonly kind: 'reorderQuest'; readonly id: QuestId; readonly list: 'list' | 'today'; readonly place: Place }
  | { readonly kind: 'tagQuest'; readonly id: QuestId; readonly tagId: TagId }
  | {
      readonly kind: 'tagQuests'
      readonly ids: readonly QuestId[]
      readonly tagId: TagId
      /** The name of a tag that is made with it; without one the tag must exist. */
      readonly newTagName?: string
    }
  | { readonly kind: 'untagQuest'; readonly id: QuestId; readonly tagId: TagId }
  | { readonly kind: 'addStep'; readonly id: QuestId; readonly stepId: StepId; readonly text: string }
  | {
      readonly kind: 'editStep'
      readonly id: QuestId
      readonly stepId: StepId
      readonly fields: Partial<Pick<Step, 'text' | 'done'>>
    }
  | { readonly kind: 'removeStep'; readonly id: QuestId; readonly stepId: StepId }
  | {
      readonly kind: 'reorderStep'
      readonly id: QuestId
      readonly stepId: StepId
      readonly after: StepId | null
      readonly before: StepId | null
    }
  | { readonly kind: 'createProject'; readonly id: ProjectId; readonly name: string; readonly color?: string | null }
  | {
      readonly kind: 'editProject'
      readonly id: ProjectId
      readonly fields: { readonly name?: string; readonly color?: string | null; readonly archivedAt?: number | null }
    }
  | {
      readonly kind: 'reorderProject'
      readonly id: ProjectId
      readonly after: ProjectId | null
      readonly before: ProjectId | null
    }
  | { readonly kind: 'trashProject'; readonly id: ProjectId }
  | { readonly kind: 'restoreProject'; readonly id: ProjectId }
  | { readonly kind: 'createTag'; readonly id: TagId; readonly name: string; readonly color?: string | null }
  | {
      readonly kind: 'editTag'
      readonly id: TagId
      readonly fields: { readonly name?: string; readonly color?: string | null }
    }

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
      readonly table: 'quests' | 'projects' | 'tags' | 'steps' | 'sections'
      readonly id: string
    }
  | { readonly code: 'already-exists'; readonly id: string }
  | { readonly code: 'invalid-field'; readonly field: string; readonly reason: InvalidReason }
  | { readonly code: 'trashed'; readonly id: string }
  | { readonly code: 'already-done'; readonly id: string }
  | { readonly code: 'not-done'; readonly id: string }
  | { readonly code: 'read-only' }
