import type { CompletionId, ProjectId, QuestId, SectionId, TagId, UserId } from './ids.ts'
import type { ListKey } from './lists.ts'
import type { Completion, Project, Quest, Section, Tag } from './quest.ts'

/** What `decide` reads of a log. Records in the Trash are included; lists leave them out as their key says. */
export interface LogState {
  quest(id: QuestId): Quest | undefined
  project(id: ProjectId): Project | undefined
  section(id: SectionId): Section | undefined
  tag(id: TagId): Tag | undefined
  completion(id: CompletionId): Completion | undefined
  /** The projects that are not in the Trash, archived ones included, by rank then id. */
  projects(): readonly ProjectId[]
  list(key: ListKey): readonly QuestId[]
}

/** Who asks, when and where. */
export interface DecideContext {
  /** Milliseconds since the epoch. */
  readonly now: number
  /** The device's IANA time zone. */
  readonly tz: string
  /** The hour at which the person's day begins, 0–6. */
  readonly dayStartHour: number
  /** Null while there is no account. */
  readonly userId: UserId | null
  /** Yields numbers in [0, 1). */
  readonly random: () => number
  readonly readOnly: boolean
}
