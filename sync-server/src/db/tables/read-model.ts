import type { QuestResponse } from '@questlog/shared/protocol/quests'
import type {
  CategoryResponse,
  CompletionResponse,
  ProjectResponse,
  RelationResponse,
  SectionResponse,
  TagResponse,
  TemplateResponse,
} from '@questlog/shared/protocol/records'

/** What every row of the read model has. */
interface RecordRow<Representation> {
  readonly workspace_id: string
  readonly id: string
  /** The place in the workspace's history at which the record last changed; a bigint, as text. */
  readonly seq: string
  /** As REST answers with it, but for its version, which is `seq`. */
  readonly record: Omit<Representation, 'version'>
}

export interface QuestsTable extends RecordRow<QuestResponse> {
  readonly status: QuestResponse['status']
  readonly done: boolean
  readonly blocked: boolean
  /** Urgent first: 1 to 4, and 5 for none. */
  readonly priority_order: number
  readonly project_id: string | null
  readonly section_id: string | null
  readonly parent_id: string | null
  readonly category_id: string | null
  readonly template_id: string | null
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`, the wall clock of its own zone; `~`, which sorts last, where there is none. */
  readonly due_at: string
  readonly scheduled_at: string
  readonly created_at: Date
  readonly completed_at: Date | null
  readonly deleted_at: Date | null
  readonly rank: string
  /** For sorting: in lower case, without accents, shortened. */
  readonly title: string
  readonly tags: readonly string[]
  readonly assignees: readonly string[]
}

export interface ProjectsTable extends RecordRow<ProjectResponse> {
  readonly rank: string
  readonly deleted_at: Date | null
}

export interface SectionsTable extends RecordRow<SectionResponse> {
  readonly project_id: string
  readonly rank: string
}

/** Ordered by their folded name. */
export interface NamedTable<Representation> extends RecordRow<Representation> {
  readonly name: string
}

export interface CategoriesTable extends RecordRow<CategoryResponse> {
  readonly rank: string
}

export interface RelationsTable extends RecordRow<RelationResponse> {
  readonly kind: RelationResponse['kind']
  readonly from_id: string
  readonly to_id: string
}

export interface CompletionsTable extends RecordRow<CompletionResponse> {
  readonly quest_id: string
  readonly at: Date
  readonly day: string
  /** Whether it was undone. */
  readonly voided: boolean
}

/** One change of one record. */
export interface ActivityTable {
  readonly workspace_id: string
  /** The update it came with, and its number there. */
  readonly seq: string
  readonly n: number
  readonly at: Date
  readonly user_id: string
  readonly change: 'created' | 'changed' | 'removed'
  /** The record's table: `quests`, `completions` … */
  readonly kind: string
  readonly record_id: string
  /** The quest it is about, for showing a quest's history: itself, the one completed, the one a relation starts from. */
  readonly quest_id: string | null
  /** The path changed, `notes` included; null for a whole record. */
  readonly field: string | null
  /** JSON: a field's value, or the fields of a record that came or went. Null for notes, whose text is not kept here. */
  readonly before: unknown
  readonly after: unknown
}

/** How far the rows of a workspace have followed its log. */
export interface ReadCursorsTable {
  readonly workspace_id: string
  readonly epoch: number
  /** The document's seq. */
  readonly seq: string
  /** How long the history was when this epoch began: what `seq` is added to. */
  readonly base: string
  /** Which version of the rows these are; older ones are rebuilt. */
  readonly version: number
}

export interface ReadModelTables {
  readonly quests: QuestsTable
  readonly projects: ProjectsTable
  readonly sections: SectionsTable
  readonly tags: NamedTable<TagResponse>
  readonly categories: CategoriesTable
  readonly templates: NamedTable<TemplateResponse>
  readonly relations: RelationsTable
  readonly completions: CompletionsTable
  readonly activity: ActivityTable
  readonly read_cursors: ReadCursorsTable
}
