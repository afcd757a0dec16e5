import type { FieldTable, FieldValues, GivenType } from '../fields/field.ts'
import { LIMITS } from '../fields/limits.ts'
import { recordReader } from '../fields/read-record.ts'
import { color, id, instant, line, rank } from '../fields/value-types.ts'
import type { CategoryId, ProjectId, SectionId, TagId } from '../kernel/ids.ts'
import { defaultRank } from '../order/rank.ts'

/** How a field is set: by the kind's edit command, by another, or only when the record is made. */
type GroupFieldTable = FieldTable & {
  readonly [field: string]:
    | { readonly written: 'edit'; readonly type: GivenType }
    | { readonly written: 'act' | 'never' }
}

const name = { type: line(LIMITS.nameLength), default: '', isRequired: true, written: 'edit' } as const
const colored = { type: color, default: null, written: 'edit' } as const
const ranked = { type: rank, default: defaultRank, written: 'act' } as const

export const projectFields = {
  name,
  color: colored,
  rank: ranked,
  createdAt: { type: instant, default: 0, isRequired: true, written: 'never' },
  archivedAt: { type: instant, default: null, written: 'act' },
  deletedAt: { type: instant, default: null, written: 'act' },
} as const satisfies GroupFieldTable

export const sectionFields = {
  projectId: { type: id<ProjectId>('projects'), isRequired: true, written: 'never' },
  name,
  rank: ranked,
} as const satisfies GroupFieldTable

export const tagFields = { name, color: colored } as const satisfies GroupFieldTable

export const categoryFields = { name, color: colored, rank: ranked } as const satisfies GroupFieldTable

export interface Project extends FieldValues<typeof projectFields> {
  readonly id: ProjectId
}

export interface Section extends FieldValues<typeof sectionFields> {
  readonly id: SectionId
}

export interface Tag extends FieldValues<typeof tagFields> {
  readonly id: TagId
}

export interface Category extends FieldValues<typeof categoryFields> {
  readonly id: CategoryId
}

export const readProject = recordReader<ProjectId, typeof projectFields>(projectFields)
/** Undefined without the project it belongs to. */
export const readSection = recordReader<SectionId, typeof sectionFields>(sectionFields)
export const readTag = recordReader<TagId, typeof tagFields>(tagFields)
export const readCategory = recordReader<CategoryId, typeof categoryFields>(categoryFields)
