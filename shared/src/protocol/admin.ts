import { z } from 'zod'
import { ulidSchema } from './ulid.ts'

export const adminUserSchema = z
  .object({
    id: ulidSchema,
    email: z.string(),
    displayName: z.string(),
    createdAt: z.iso.datetime(),
    disabledAt: z.iso.datetime().nullable(),
    sessions: z.int().meta({ description: 'How many devices are signed in.' }),
    workspaces: z.int().meta({ description: 'How many workspaces the account belongs to.' }),
  })
  .meta({ id: 'AdminUser' })

export const adminUserListSchema = z
  .object({ items: z.array(adminUserSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'AdminUserList' })

export const adminStatusSchema = z
  .object({
    startedAt: z.iso.datetime(),
    users: z.int(),
    disabledUsers: z.int(),
    workspaces: z.int(),
    databaseBytes: z.int(),
    mail: z.boolean().meta({ description: 'Whether this server sends mail.' }),
    sync: z.record(z.string(), z.number()).meta({ description: 'What this process counts; see `/metrics`.' }),
  })
  .meta({ id: 'AdminStatus' })

export type AdminUser = z.infer<typeof adminUserSchema>
export type AdminStatus = z.infer<typeof adminStatusSchema>
