import type { ProjectId, QuestId, RelationId, SectionId, StepId, TagId, UserId } from '../kernel/ids.ts'
import type { Quest } from '../quest/quest.ts'
import type { QuestEditField } from '../quest/quest-fields.ts'
import type { Reminder } from '../quest/reminder.ts'
import type { Step } from '../quest/step.ts'
import type { RelationKind } from '../relations/relation-fields.ts'
import type { GroupCommand } from './group-commands.ts'
import type { TemplateCommand } from './template-commands.ts'

/** The fields a person may set with `editQuest`; a null clears a field. */
export type QuestEdit = Partial<Pick<Quest, QuestEditField>>

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
  readonly fields?: Omit<QuestEdit, 'title' | 'parentId'>
  readonly projectId?: ProjectId | null
  readonly sectionId?: SectionId | null
  readonly parentId?: QuestId | null
  readonly tags?: readonly TagId[]
}

/** What a person asks of the log. Decided purely by `decide`, written in one transaction. */
export type Command = QuestCommand | GroupCommand | TemplateCommand

/** What is asked of quests and of what belongs to them. */
export type QuestCommand =
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
  /** Removes quests and projects of the Trash for good; the notes are the caller's to empty (`notesToClear`). */
  | { readonly kind: 'purgeQuests'; readonly ids: readonly QuestId[]; readonly projectIds?: readonly ProjectId[] }
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
  | { readonly kind: 'assignQuest'; readonly id: QuestId; readonly userId: UserId }
  | { readonly kind: 'unassignQuest'; readonly id: QuestId; readonly userId: UserId }
  | {
      readonly kind: 'addReminder'
      readonly id: QuestId
      readonly reminderId: string
      readonly reminder: Reminder
    }
  | {
      readonly kind: 'editReminder'
      readonly id: QuestId
      readonly reminderId: string
      readonly reminder: Reminder
    }
  | { readonly kind: 'removeReminder'; readonly id: QuestId; readonly reminderId: string }
  | { readonly kind: 'relate'; readonly relation: RelationKind; readonly from: QuestId; readonly to: QuestId }
  | { readonly kind: 'unrelate'; readonly id: RelationId }
