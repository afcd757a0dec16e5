import type { WorkspaceId } from '../domain/kernel/ids.ts'
import type { Role, WorkspaceKind } from '../protocol/workspaces.ts'

/** Which workspace, and the document that holds it now. */
export interface WorkspaceRef {
  readonly id: WorkspaceId
  /** `w:<id>:<epoch>`. */
  readonly documentName: string
  readonly name: string
  readonly kind: WorkspaceKind
  readonly role: Role
}
