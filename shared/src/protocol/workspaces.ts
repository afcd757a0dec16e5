import { z } from 'zod'
import { displayNameSchema } from './auth.ts'
import { ulidSchema } from './ulid.ts'

export const workspaceKindSchema = z.enum(['personal', 'party'])
/** From the least to the most powerful. A guest sees the quests assigned to them, over REST alone. */
export const roleSchema = z.enum(['guest', 'viewer', 'member', 'admin', 'owner'])

export const workspaceSchema = z
  .object({
    id: ulidSchema,
    name: z.string(),
    kind: workspaceKindSchema,
    role: roleSchema,
    document: z.string().meta({ description: 'The name to open at `/sync`.' }),
  })
  .meta({ id: 'Workspace' })

export const workspaceListSchema = z
  .object({ items: z.array(workspaceSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'WorkspaceList' })

/** Creates a workspace, or claims the id of one made offline. */
export const createWorkspaceRequestSchema = z
  .strictObject({ id: ulidSchema.optional(), name: displayNameSchema, kind: workspaceKindSchema })
  .meta({ id: 'CreateWorkspace' })

export const updateWorkspaceRequestSchema = z.strictObject({ name: displayNameSchema }).meta({ id: 'UpdateWorkspace' })

/** Whether a role may do what the other one may. */
export function isAtLeast(role: Role, least: Role): boolean {
  return roleSchema.options.indexOf(role) >= roleSchema.options.indexOf(least)
}

export type WorkspaceKind = z.infer<typeof workspaceKindSchema>
export type Role = z.infer<typeof roleSchema>
export type WorkspaceResponse = z.infer<typeof workspaceSchema>
export type CreateWorkspaceRequest = z.infer<typeof createWorkspaceRequestSchema>
