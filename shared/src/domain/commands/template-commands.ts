import type { ProjectId, QuestId, SectionId, TemplateId } from '../kernel/ids.ts'

/** What is asked of templates. */
export type TemplateCommand =
  | {
      readonly kind: 'createTemplate'
      readonly id: TemplateId
      readonly name: string
      /** The quest it is made from, with its sub-quests (`questsForTemplate`). */
      readonly questId: QuestId
      /** Markdown by quest id. */
      readonly notes?: { readonly [questId: string]: string }
    }
  | { readonly kind: 'editTemplate'; readonly id: TemplateId; readonly fields: { readonly name?: string } }
  | { readonly kind: 'deleteTemplate'; readonly id: TemplateId }
  | {
      readonly kind: 'instantiateTemplate'
      readonly id: TemplateId
      /** New ids, one for each of the template's quests, in their order. Their notes are the caller's to write (`notesFromTemplate`). */
      readonly questIds: readonly QuestId[]
      /** The title of the first instead of the template's. */
      readonly title?: string
      /** The template's own project where it is left out; null: the Inbox. */
      readonly projectId?: ProjectId | null
      readonly sectionId?: SectionId | null
      /** The day its dates lie to, `YYYY-MM-DD`; today where it is left out. */
      readonly day?: string
    }
