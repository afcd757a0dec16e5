import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { formatDocumentName } from '@questlog/shared/protocol/documents'
import type { CreateWorkspaceRequest, WorkspaceResponse } from '@questlog/shared/protocol/workspaces'
import { sql } from 'kysely'
import { ulid } from 'ulidx'
import type { Database } from '../db/tables.ts'
import { readHead } from './document-heads.ts'
import { insertWorkspace } from './personal-workspace.ts'

export type CreateWorkspaceError = 'personal-workspace-exists' | 'workspace-id-taken' | 'too-many-workspaces'

const MAX_WORKSPACES = 100

/** The workspaces a user belongs to, the personal one first, then by age; a replaced personal one only if it holds something after all. */
export async function listWorkspaces(db: Database, userId: string): Promise<readonly WorkspaceResponse[]> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('workspaces', 'workspaces.id', 'memberships.workspace_id')
    .select(['workspaces.id', 'workspaces.name', 'workspaces.kind', 'workspaces.replaced', 'memberships.role'])
    .where('memberships.user_id', '=', userId)
    .orderBy((expression) => expression('workspaces.kind', '=', 'party'))
    .orderBy('workspaces.created_at')
    .orderBy('workspaces.id')
    .execute()
  const listed: WorkspaceResponse[] = []
  for (const { id, name, kind, role, replaced } of rows) {
    const head = await readHead(db, { kind: 'workspace', id })
    if (replaced && head.seq === 0n) continue
    listed.push({ id, name, kind, role, document: formatDocumentName({ kind: 'workspace', id, epoch: head.epoch }) })
  }
  return listed
}

/** One of the workspaces a user belongs to. */
export async function findWorkspace(
  db: Database,
  userId: string,
  workspaceId: string,
): Promise<WorkspaceResponse | undefined> {
  const row = await db
    .selectFrom('memberships')
    .innerJoin('workspaces', 'workspaces.id', 'memberships.workspace_id')
    .select(['workspaces.id', 'workspaces.name', 'workspaces.kind', 'memberships.role'])
    .where('memberships.user_id', '=', userId)
    .where('workspaces.id', '=', workspaceId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { epoch } = await readHead(db, { kind: 'workspace', id: workspaceId })
  return { ...row, document: formatDocumentName({ kind: 'workspace', id: workspaceId, epoch }) }
}

interface CreateWorkspaceDeps {
  readonly db: Database
  readonly now: () => number
  /** Joins the transaction that makes the workspace. */
  readonly inTransaction?: (transaction: Database, created: WorkspaceResponse) => Promise<void>
}

/**
 * Creates a workspace, or claims the id of one made offline; repeating the request answers the same workspace.
 * A personal one is claimed only while the account's own was never written: otherwise the device must merge.
 */
export async function createWorkspace(
  deps: CreateWorkspaceDeps,
  userId: string,
  request: CreateWorkspaceRequest,
): Promise<Result<WorkspaceResponse, CreateWorkspaceError>> {
  const id = request.id ?? ulid(deps.now())
  return deps.db
    .transaction()
    .execute(async (transaction): Promise<Result<WorkspaceResponse, CreateWorkspaceError>> => {
      const claimed = await claimWorkspace({ db: transaction, now: deps.now }, userId, { ...request, id })
      if (!claimed.ok) return claimed
      const found = await findWorkspace(transaction, userId, id)
      // Made by the same user, who has left it since.
      if (found === undefined) return err('workspace-id-taken')
      await deps.inTransaction?.(transaction, found)
      return ok(found)
    })
}

async function claimWorkspace(
  { db: transaction, now }: { readonly db: Database; readonly now: () => number },
  userId: string,
  request: CreateWorkspaceRequest & { readonly id: string },
): Promise<Result<void, CreateWorkspaceError>> {
  const { id } = request
  // One creation at a time per user: the limit and the single personal workspace are read before they are written.
  await sql`select 1 from users where id = ${userId} for update`.execute(transaction)
  const mine = await transaction
    .selectFrom('workspaces')
    .select(['id', 'kind', 'replaced'])
    .where('created_by', '=', userId)
    .execute()
  if (mine.some((workspace) => workspace.id === id && !workspace.replaced)) return ok(undefined)
  if (mine.length >= MAX_WORKSPACES) return err('too-many-workspaces')
  if (request.kind === 'personal') {
    const personal = mine.find((workspace) => workspace.kind === 'personal' && !workspace.replaced)
    if (personal !== undefined) {
      const head = await readHead(transaction, { kind: 'workspace', id: personal.id })
      if (head.seq > 0n) return err('personal-workspace-exists')
      const taken = await transaction.selectFrom('workspaces').select('id').where('id', '=', id).executeTakeFirst()
      if (taken !== undefined) return err('workspace-id-taken')
      // Kept, not deleted: a device may be writing to it at this moment.
      await transaction.updateTable('workspaces').set({ replaced: true }).where('id', '=', personal.id).execute()
    }
  }
  const workspace = { id, name: request.name, kind: request.kind, userId, now: now() }
  return (await insertWorkspace(transaction, workspace)) ? ok(undefined) : err('workspace-id-taken')
}
