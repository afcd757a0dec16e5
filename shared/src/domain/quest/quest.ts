import type {
  CategoryId,
  CompletionId,
  ProjectId,
  QuestId,
  RelationId,
  SectionId,
  StepId,
  TagId,
  TemplateId,
  UserId,
  WorkspaceId,
} from '../kernel/ids.ts'
import type { When } from '../time/when.ts'

export type QuestStatus = 'open' | 'active' | 'waiting' | 'cancelled'
/** 0 none, 1 urgent, 2 high, 3 medium, 4 low. */
export type Priority = 0 | 1 | 2 | 3 | 4
export type Difficulty = 'trivial' | 'easy' | 'medium' | 'hard' | 'epic'
export type Energy = 'deep' | 'medium' | 'low'

export interface Step {
  readonly text: string
  readonly done: boolean
  /** Fractional index among the quest's steps. */
  readonly rank: string
}

export interface Recurrence {
  /** RFC 5545 recurrence rule without the `RRULE:` prefix. */
  readonly rrule: string
  readonly anchor: 'due' | 'completion'
  readonly missed: 'latest' | 'all' | 'skip'
  readonly monthEnd: 'clamp' | 'skip'
  /** Local dates, `YYYY-MM-DD`. */
  readonly exdates: readonly string[]
  /** Local date, `YYYY-MM-DD`. */
  readonly pausedUntil?: string
  readonly waitForDone: boolean
}

export type Reminder =
  | { readonly at: When; readonly nagging?: boolean }
  | {
      readonly minutesBefore: number
      readonly of: 'start' | 'scheduled' | 'due' | 'deadline'
      readonly nagging?: boolean
    }

export interface Attachment {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Media type. */
  readonly type: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/**
 * A quest as the projection shows it: every default filled in, nothing seeded in the document.
 * Times in `…At` are milliseconds since the Unix epoch. Notes live beside it as collaborative text.
 */
export interface Quest {
  readonly id: QuestId
  readonly title: string
  readonly status: QuestStatus
  readonly priority: Priority
  readonly difficulty: Difficulty
  readonly energy: Energy | null
  readonly projectId: ProjectId | null
  readonly sectionId: SectionId | null
  readonly parentId: QuestId | null
  /** The template it was made from. */
  readonly templateId: TemplateId | null
  readonly categoryId: CategoryId | null
  readonly tags: ReadonlySet<TagId>
  readonly assignees: ReadonlySet<UserId>
  readonly steps: ReadonlyMap<StepId, Step>
  readonly start: When | null
  readonly scheduled: When | null
  readonly due: When | null
  readonly deadline: When | null
  /** Whole minutes. */
  readonly estimateMin: number | null
  readonly recurrence: Recurrence | null
  readonly reminders: ReadonlyMap<string, Reminder>
  /** Fractional index in its list. */
  readonly rank: string
  /** Fractional index in Today, which keeps its own order. */
  readonly todayRank: string | null
  readonly attachments: ReadonlyMap<string, Attachment>
  readonly createdAt: number
  readonly createdBy: UserId | null
  /** When its current occurrence was completed: derived from the ledger, never stored in the quest. Null: not done. */
  readonly completedAt: number | null
  /** The day that completion counts for, `YYYY-MM-DD`; derived like `completedAt`. */
  readonly completedDay: string | null
  readonly deletedAt: number | null
  readonly source: { readonly app: string; readonly externalId: string } | null
  /** The workspaces it was in before, with when it left each: where its earlier history is. */
  readonly movedFrom: ReadonlyMap<WorkspaceId, number>
}

export interface Project {
  readonly id: ProjectId
  readonly name: string
  readonly color: string | null
  readonly rank: string
  readonly createdAt: number
  readonly archivedAt: number | null
  readonly deletedAt: number | null
}

export interface Section {
  readonly id: SectionId
  readonly projectId: ProjectId
  readonly name: string
  readonly rank: string
}

export interface Tag {
  readonly id: TagId
  readonly name: string
  readonly color: string | null
}

export interface Category {
  readonly id: CategoryId
  readonly name: string
  readonly color: string | null
  readonly rank: string
}

/** `blocks`: `to` waits until `from` is done. The others hold both ways. */
export type RelationKind = 'blocks' | 'relates' | 'duplicates'

/** How two quests stand to each other. Either may be in the Trash, or gone. */
export interface Relation {
  readonly id: RelationId
  readonly kind: RelationKind
  readonly from: QuestId
  readonly to: QuestId
  readonly createdAt: number
  readonly createdBy: UserId | null
}

/** One done occurrence of a quest: the reward ledger's record. */
export interface Completion {
  readonly id: CompletionId
  readonly questId: QuestId
  /** Local date of the occurrence, or `once` for a quest that does not repeat. */
  readonly occurrence: string
  readonly at: number
  /** IANA time zone of the device that completed it. */
  readonly tz: string
  /** Local date at completion, `YYYY-MM-DD`, stamped once. */
  readonly day: string
  readonly by: UserId | null
  readonly difficulty: Difficulty
  readonly stepsDone: number
  readonly timely: boolean
  readonly unblocked: number
  /** When it was undone, or null. */
  readonly voided: number | null
}
