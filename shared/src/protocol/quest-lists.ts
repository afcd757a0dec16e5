import { z } from 'zod'
import { questStatusSchema } from './quests.ts'
import { recordIdSchema, workspaceIdSchema } from './record-ids.ts'

const flagSchema = z.enum(['true', 'false'])
const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/, 'must be YYYY-MM-DD or YYYY-MM-DDTHH:MM')

export const questSortSchema = z.enum(['rank', 'due', 'priority', 'createdAt', 'updated', 'title'])

/** What a list of quests is about, besides its page. */
export const questFilters = {
  workspaceId: workspaceIdSchema.optional(),
  status: questStatusSchema.optional().meta({ description: 'What is in this status and not done.' }),
  done: flagSchema.optional(),
  project: recordIdSchema.optional().meta({ description: 'A project, or `none` for what is in no project.' }),
  section: recordIdSchema.optional(),
  parent: recordIdSchema.optional(),
  category: recordIdSchema.optional(),
  tag: recordIdSchema.optional(),
  assignee: recordIdSchema.optional().meta({ description: 'An account, or `me`.' }),
  priority: z.coerce.number().int().min(0).max(4).optional(),
  dueFrom: dateSchema.optional().meta({ description: 'Due then or later, by the wall clock of the date itself.' }),
  dueBefore: dateSchema.optional(),
  text: z.string().min(1).max(1_000).optional().meta({
    description: 'Words of titles and notes in any form; the last one may be unfinished.',
  }),
  blocked: flagSchema.optional(),
  actionable: z.literal('true').optional().meta({ description: 'Not done, not cancelled, and nothing holds it up.' }),
  trashed: flagSchema.default('false').meta({ description: 'What is in the Trash instead of what is not.' }),
  sort: questSortSchema.default('rank').meta({
    description:
      '`updated` needs a `workspaceId`. Quests without a due date, or without a priority, come last in either order.',
  }),
  order: z.enum(['asc', 'desc']).default('asc'),
}

export type QuestSort = z.infer<typeof questSortSchema>
