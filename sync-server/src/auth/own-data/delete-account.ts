import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { sql } from 'kysely'
import { recordSecurityEvent } from '../../audit/security-events.ts'
import type { Database } from '../../db/tables.ts'
import { deleteDocuments } from '../../log/delete-documents.ts'
import { deleteWorkspaces } from '../../workspaces/delete-workspaces.ts'
import type { AccountMail } from '../account-mail.ts'
import { endFamilies } from '../refresh-tokens.ts'
import type { RequestOrigin } from '../request-origin.ts'

export interface DeleteAccountDeps {
  readonly db: Database
  readonly now: () => number
  readonly mail: AccountMail | undefined
  readonly onFamilyEnded: (familyId: string) => void
  /** Closes a deleted document wherever it is open. */
  readonly onDocumentDeleted: (document: string) => void
}

/** A party that nobody else owns. */
export interface OwnParty {
  readonly id: string
  readonly name: string
}

export interface SoleOwner {
  readonly kind: 'sole-owner'
  readonly parties: readonly OwnParty[]
}

interface Deleted {
  readonly families: readonly string[]
  readonly documents: readonly string[]
}

/**
 * Deletes an account with all that is its own, in one transaction: personal workspaces with their documents, devices,
 * keys, memberships. What the person wrote in parties of others stays there, under an id that no longer leads to anybody.
 * Parties that nobody else owns are deleted with it where that was asked for; otherwise it is refused with their names.
 */
export async function deleteAccount(
  deps: DeleteAccountDeps,
  userId: string,
  options: { readonly deleteParties: boolean; readonly origin: RequestOrigin },
): Promise<Result<void, SoleOwner>> {
  const { origin } = options
  const now = deps.now()
  const outcome = await deps.db.transaction().execute(async (transaction): Promise<Result<Deleted, SoleOwner>> => {
    const user = await transaction
      .selectFrom('users')
      .select('email')
      .where('id', '=', userId)
      .forUpdate()
      .executeTakeFirst()
    if (user === undefined) return ok({ families: [], documents: [] })
    const parties = await lockOwnParties(transaction, userId)
    if (parties.length > 0 && !options.deleteParties) return err({ kind: 'sole-owner', parties })
    const personal = await transaction
      .selectFrom('workspaces')
      .select('id')
      .where('created_by', '=', userId)
      .where('kind', '=', 'personal')
      .execute()
    const families = await endFamilies(transaction, userId, { except: null, by: 'revoked', now })
    const workspaces = [...personal, ...parties].map(({ id }) => id).sort()
    const documents = [
      ...(await deleteDocuments(transaction, [{ kind: 'user', id: userId }])),
      ...(await deleteWorkspaces(transaction, workspaces, now)),
    ]
    await transaction
      .updateTable('security_events')
      .set({ address: null })
      .where((event) => event.or([event('user_id', '=', userId), event('actor_id', '=', userId)]))
      .execute()
    await transaction.deleteFrom('users').where('id', '=', userId).execute()
    await recordSecurityEvent(transaction, {
      kind: 'account-deleted',
      at: now,
      origin: { ...origin.event, actorId: null, address: null },
      userId: null,
      details: { user: userId },
    })
    await deps.mail?.order(transaction, { kind: 'farewell', to: user.email, userId: null, locale: origin.locale })
    return ok({ families, documents })
  })
  if (!outcome.ok) return outcome
  for (const familyId of outcome.value.families) deps.onFamilyEnded(familyId)
  for (const document of outcome.value.documents) deps.onDocumentDeleted(document)
  return ok(undefined)
}

/** The parties that only the person owns, held so that no other owner leaves at the same time. */
async function lockOwnParties(transaction: Database, userId: string): Promise<readonly OwnParty[]> {
  const { rows } = await sql<OwnParty>`
    select workspaces.id, workspaces.name from workspaces
    join memberships mine on mine.workspace_id = workspaces.id and mine.user_id = ${userId} and mine.role = 'owner'
    where workspaces.kind = 'party'
    order by workspaces.id
    for update of workspaces`.execute(transaction)
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return []
  const shared = await transaction
    .selectFrom('memberships')
    .select('workspace_id')
    .distinct()
    .where('workspace_id', 'in', ids)
    .where('role', '=', 'owner')
    .where('user_id', '!=', userId)
    .execute()
  const elsewhere = new Set(shared.map(({ workspace_id }) => workspace_id))
  return rows.filter(({ id }) => !elsewhere.has(id))
}
