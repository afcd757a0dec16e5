import { z } from 'zod'
import type { FieldValue } from '../../domain/kernel/record-write.ts'
import type { Result } from '../../domain/kernel/result.ts'
import { activitySchema } from '../../protocol/activity.ts'
import type { Account, AccountError } from './account.ts'

// Whatever came out of JSON is a field value.
const valueSchema = z.custom<FieldValue>((value) => value !== undefined)
const toldChangeSchema = activitySchema.extend({ before: valueSchema, after: valueSchema })

/** One change as the server describes it. */
export type ToldChange = z.infer<typeof toldChangeSchema>

const pageSchema = z.object({ items: z.array(toldChangeSchema), nextCursor: z.string().nullable() })

/** A page of what the server's log says happened, the latest first. */
export type ActivityPage = z.infer<typeof pageSchema>

/** Whose activity: a whole workspace's, or one quest's in it. */
export interface ActivityScope {
  readonly workspaceId: string
  readonly questId: string | null
  /** Only what was removed. */
  readonly isRemovedOnly?: boolean
}

const PAGE_SIZE = 100

/** Who changed what, over REST. */
export interface Activity {
  /** A page of it; `cursor` is what the page before named as next. */
  page(scope: ActivityScope, cursor: string | null): Promise<Result<ActivityPage, AccountError>>
}

/** The activity that the account that is signed in may read. */
export function createActivity({ send }: Pick<Account, 'send'>): Activity {
  return {
    page({ workspaceId, questId, isRemovedOnly = false }, cursor) {
      // Of a quest without its workspace: it may have come from another one.
      const about = questId === null ? ['workspaceId', workspaceId] : ['quest', questId]
      const only = isRemovedOnly ? [['removed', 'true']] : []
      const query = [about, ...only, ['limit', `${PAGE_SIZE}`], ...(cursor === null ? [] : [['cursor', cursor]])]
      const search = query.map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`).join('&')
      return send({ method: 'GET', path: `/activity?${search}`, answer: pageSchema })
    },
  }
}
