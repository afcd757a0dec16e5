import type { Database } from '../db/tables.ts'
import { deleteDocuments } from '../log/delete-documents.ts'

/**
 * Deletes workspaces with their documents, rows and memberships, as part of a transaction. Their ids are never given again.
 * Answers the documents, which the caller hands to `Sync.forget` once it is committed.
 */
export async function deleteWorkspaces(
  transaction: Database,
  workspaceIds: readonly string[],
  now: number,
): Promise<readonly string[]> {
  if (workspaceIds.length === 0) return []
  const documents = await deleteDocuments(
    transaction,
    workspaceIds.map((id) => ({ kind: 'workspace', id })),
  )
  await transaction
    .insertInto('deleted_workspaces')
    .values(workspaceIds.map((id) => ({ id, at: new Date(now) })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await transaction.deleteFrom('workspaces').where('id', 'in', workspaceIds).execute()
  return documents
}
