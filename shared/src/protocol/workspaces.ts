import { z } from 'zod'
import { displayNameSchema } from './auth.ts'
import { roles, workspaceKinds } from './roles.ts'
import { ulidSchema } from './ulid.ts'

export { isAtLeast, type Role, type WorkspaceKind } from './roles.ts'

export const workspaceKindSchema = z.enum(workspaceKinds)
export const roleSchema = z.enum(roles)

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

export type WorkspaceResponse = z.infer<typeof workspaceSchema>
export type CreateWorkspaceRequest = z.infer<typeof createWorkspaceRequestSchema>
