import { parseDocumentName } from '@questlog/shared/protocol/documents'
import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'

/**
 * Who pays for a document's memory and disk: its user, or the workspace's owner. A document without either pays for
 * itself.
 */
export async function payerOf(db: Kysely<Tables>, documentName: string): Promise<string> {
  const document = parseDocumentName(documentName)
  if (document === null) return documentName
  if (document.kind === 'user') return document.id
  const owner = await db
    .selectFrom('memberships')
    .select('user_id')
    .where('workspace_id', '=', document.id)
    .where('role', '=', 'owner')
    .orderBy('user_id')
    .limit(1)
    .executeTakeFirst()
  return owner?.user_id ?? document.id
}
