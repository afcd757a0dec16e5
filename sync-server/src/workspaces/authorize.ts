import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { parseDocumentName } from '@questlog/shared/protocol/documents'
import type { Role } from '@questlog/shared/protocol/workspaces'
import { sql } from 'kysely'
import type { Database } from '../db/tables.ts'
import { readHead } from './document-heads.ts'

/** The document was rebased; the device moves its own log to the current epoch. */
export interface OldEpoch {
  readonly reason: 'old-epoch'
  readonly currentEpoch: number
}

/** A synced document hides nothing, so guests, who see assigned quests only, never get one. */
export type SyncRole = Exclude<Role, 'guest'>

/**
 * What a user may do with a document. A document of others and one that does not exist are refused alike;
 * an epoch that is over is refused as `old-epoch`, to members only.
 */
export async function authorize(
  db: Database,
  userId: string,
  documentName: string,
): Promise<Result<{ readonly role: SyncRole }, 'not-found' | OldEpoch>> {
  const document = parseDocumentName(documentName)
  if (document === null) return err('not-found')
  const role = document.kind === 'user' ? ownRole(document.id, userId) : await memberRole(db, document.id, userId)
  if (role === undefined) return err('not-found')
  const head = await readHead(db, document)
  if (document.epoch < head.epoch) return err({ reason: 'old-epoch', currentEpoch: head.epoch })
  if (document.epoch > head.epoch) return err('not-found')
  return ok({ role })
}

/** The roles users have now for documents they opened, one for each; undefined for none, and for disabled accounts. */
export async function currentRoles(
  db: Database,
  opened: readonly { readonly userId: string; readonly documentName: string }[],
): Promise<readonly (SyncRole | undefined)[]> {
  const documents = opened.map(({ documentName }) => parseDocumentName(documentName))
  const { rows } = await sql<{ n: number; role: Role | null }>`
    select asked.n::int as n, memberships.role
    from unnest(${opened.map(({ userId }) => userId)}::text[], ${documents.map((document) => document?.id ?? '')}::text[])
      with ordinality as asked(user_id, id, n)
    join users on users.id = asked.user_id and users.disabled_at is null
    left join memberships on memberships.user_id = asked.user_id and memberships.workspace_id = asked.id
  `.execute(db)
  const found = new Map(rows.map(({ n, role }) => [n - 1, role]))
  return opened.map(({ userId }, index) => {
    const document = documents[index]
    const role = found.get(index)
    if (!document || role === undefined) return undefined
    if (document.kind === 'user') return ownRole(document.id, userId)
    return role === 'guest' || role === null ? undefined : role
  })
}

function ownRole(documentUserId: string, userId: string): SyncRole | undefined {
  return documentUserId === userId ? 'owner' : undefined
}

async function memberRole(db: Database, workspaceId: string, userId: string): Promise<SyncRole | undefined> {
  const row = await db
    .selectFrom('memberships')
    .select('role')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row === undefined || row.role === 'guest' ? undefined : row.role
}
