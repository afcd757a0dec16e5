import { z } from 'zod'
import { displayNameSchema } from './auth.ts'
import { ulidSchema } from './ulid.ts'

export const workspaceKindSchema = z.enum(['personal', 'party'])
export const roleSchema = z.enum(['owner', 'admin', 'member', 'viewer'])

export const workspaceSchema = z.object({
  id: ulidSchema,
  name: z.string(),
  kind: workspaceKindSchema,
  role: roleSchema,
  /** The name to open at `/sync`. */
  document: z.string(),
})

export const workspaceListSchema = z.object({
  items: z.array(workspaceSchema),
  nextCursor: z.string().nullable(),
})

/** Creates a workspace, or claims the id of one made offline. */
export const createWorkspaceRequestSchema = z.object({
  id: ulidSchema.optional(),
  name: displayNameSchema,
  kind: workspaceKindSchema,
})

export type WorkspaceKind = z.infer<typeof workspaceKindSchema>
export type Role = z.infer<typeof roleSchema>
export type WorkspaceResponse = z.infer<typeof workspaceSchema>
export type CreateWorkspaceRequest = z.infer<typeof createWorkspaceRequestSchema>
