import type { Completion } from '../completions/completion-fields.ts'
import type { Category, Project, Section, Tag } from '../groups/group-fields.ts'
import type {
  CategoryId,
  CompletionId,
  ProjectId,
  QuestId,
  RelationId,
  SectionId,
  TagId,
  TemplateId,
  UserId,
} from '../kernel/ids.ts'
import type { Patch, TableName } from '../kernel/record-write.ts'
import type { ListKey } from '../quest/lists.ts'
import type { Quest } from '../quest/quest.ts'
import type { Relation } from '../relations/relation-fields.ts'
import type { Template } from '../templates/template.ts'

/** What `decide` reads of a log. Records in the Trash are included; lists leave them out as their key says. */
export interface LogState {
  quest(id: QuestId): Quest | undefined
  project(id: ProjectId): Project | undefined
  section(id: SectionId): Section | undefined
  tag(id: TagId): Tag | undefined
  category(id: CategoryId): Category | undefined
  template(id: TemplateId): Template | undefined
  relation(id: RelationId): Relation | undefined
  completion(id: CompletionId): Completion | undefined
  /** The projects that are not in the Trash, archived ones included, by rank then id. */
  projects(): readonly ProjectId[]
  /** The sections of a project by rank then id. */
  sections(projectId: ProjectId): readonly SectionId[]
  /** The categories by rank then id. */
  categories(): readonly CategoryId[]
  list(key: ListKey): readonly QuestId[]
  /** The quests whose parent a quest is, by id; those done and those in the Trash included. */
  subQuestsOf(id: QuestId): readonly QuestId[]
  /** The relations that a quest is an end of, oldest first; those to quests that are gone included. */
  relationsOf(id: QuestId): readonly Relation[]
  /** Whether a `blocks` relation does not count because it closes a cycle that a merge has made. */
  isIgnored(id: RelationId): boolean
  /** A record's fields by path, those this version does not know included. */
  fieldsOf(table: TableName, id: string): Patch | undefined
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
