import type { CategoryId, ProjectId, SectionId, TagId } from '../kernel/ids.ts'

/** What is asked of what quests are grouped by: projects, their sections, tags and categories. */
export type GroupCommand =
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
  | { readonly kind: 'deleteTag'; readonly id: TagId }
  | {
      readonly kind: 'createSection'
      readonly id: SectionId
      readonly projectId: ProjectId
      readonly name: string
    }
  | { readonly kind: 'editSection'; readonly id: SectionId; readonly fields: { readonly name?: string } }
  | {
      readonly kind: 'reorderSection'
      readonly id: SectionId
      readonly after: SectionId | null
      readonly before: SectionId | null
    }
  | { readonly kind: 'deleteSection'; readonly id: SectionId }
  | { readonly kind: 'createCategory'; readonly id: CategoryId; readonly name: string; readonly color?: string | null }
  | {
      readonly kind: 'editCategory'
      readonly id: CategoryId
      readonly fields: { readonly name?: string; readonly color?: string | null }
    }
  | {
      readonly kind: 'reorderCategory'
      readonly id: CategoryId
      readonly after: CategoryId | null
      readonly before: CategoryId | null
    }
  | { readonly kind: 'deleteCategory'; readonly id: CategoryId }
