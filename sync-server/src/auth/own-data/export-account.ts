import { READ_TABLES, type ReadTable } from '@questlog/shared/domain/kinds/record-kinds'
import type { AccountExport } from '@questlog/shared/protocol/account'
import { formatDocumentName } from '@questlog/shared/protocol/documents'
import type { WorkspaceKind } from '@questlog/shared/protocol/workspaces'
import { sql } from 'kysely'
import type { Database } from '../../db/tables.ts'
import type { LogExaminer } from '../../log/set-aside/log-examiner.ts'
import { pastFaults } from '../../log/set-aside/past-faults.ts'
import type { UpdateHistory } from '../../log/update-history.ts'
import type { WorkspaceStore } from '../../read-model/workspace-store.ts'
import { listDevices } from '../devices.ts'
import { readAccount } from './own-account.ts'

export interface ExportDeps {
  readonly db: Database
  readonly now: () => number
  readonly store: Pick<WorkspaceStore, 'catchUp'>
  readonly history: UpdateHistory
  /** Sets aside the parts of a log that cannot be read. */
  readonly examine: LogExaminer['examine']
  /** Breaks the answer off when the process stops. */
  readonly stopping: AbortSignal
}

interface OwnWorkspace {
  readonly id: string
  readonly name: string
  readonly kind: WorkspaceKind
  readonly created_at: Date
}

const PAGE = 500

/**
 * Everything the server holds on a person, as the text of one JSON value (`accountExportSchema`), piece by piece: a large
 * log never is in memory as a whole. Edits made meanwhile may or may not be in it.
 */
export async function* exportAccount(
  deps: ExportDeps,
  caller: { readonly userId: string; readonly familyId: string | null },
): AsyncGenerator<string> {
  const { db, now } = deps
  const { userId } = caller
  const account = await readAccount(db, userId)
  if (account === undefined) throw new Error('the account was deleted')
  const memberships = await db
    .selectFrom('memberships')
    .innerJoin('workspaces', 'workspaces.id', 'memberships.workspace_id')
    .select(['workspaces.id', 'workspaces.name', 'workspaces.kind', 'workspaces.created_at', 'memberships.role'])
    .where('memberships.user_id', '=', userId)
    .orderBy('workspaces.id')
    .execute()
  const own = memberships.filter(({ role }) => role === 'owner')
  const ownIds = own.map(({ id }) => id)
  await deps.store.catchUp(ownIds)
  const head = {
    format: 'questlog-account',
    version: 1,
    exportedAt: new Date(now()).toISOString(),
    account,
    sessions: await listDevices(deps, caller),
    signInMethods: await readSignInMethods(db, userId),
    apiKeys: await readRows(
      db,
      'api_keys',
      ['id', 'name', 'scope', 'workspace_id', 'created_at', 'last_used_at'],
      userId,
    ),
    memberships: memberships.map(({ id, name, kind, role }) => ({ workspaceId: id, name, kind, role })),
  } satisfies Partial<AccountExport>
  yield `${JSON.stringify(head).slice(0, -1)},"workspaces":`
  yield* array(own, (workspace) => workspaceParts(db, workspace))
  yield ',"activityElsewhere":'
  yield* rows(readActivity(db, { userId, notIn: ownIds }))
  yield ',"documents":'
  yield* array(await documentNames(db, userId, ownIds), (name) => documentParts(deps, name))
  yield ',"securityEvents":'
  yield JSON.stringify(
    await readRows(db, 'security_events', ['id', 'at', 'kind', 'session_id', 'address', 'details'], userId),
  )
  yield '}'
}

async function* workspaceParts(db: Database, workspace: OwnWorkspace): AsyncGenerator<string> {
  const { id, name, kind, created_at } = workspace
  const head = JSON.stringify({ id, name, kind, createdAt: created_at.toISOString() })
  yield `${head.slice(0, -1)},"records":{`
  for (const [index, table] of READ_TABLES.entries()) {
    yield `${index === 0 ? '' : ','}${JSON.stringify(table)}:`
    yield* rows(readRecords(db, table, id))
  }
  yield '},"activity":'
  yield* rows(readActivity(db, { workspaceId: id }))
  yield '}'
}

async function* documentParts({ db, history, examine }: ExportDeps, name: string): AsyncGenerator<string> {
  const head = await db.selectFrom('doc_heads').select('seq').where('doc', '=', name).executeTakeFirstOrThrow()
  const loaded = await pastFaults(examine, name, () => history.loadAt(name, Number(head.seq)))
  if (loaded === null) throw new Error(`the log of ${name} has a hole`)
  const updates = [...(loaded.snapshot === null ? [] : [loaded.snapshot]), ...loaded.tail.map(({ bytes }) => bytes)]
  yield JSON.stringify({ name, updates: updates.map((bytes) => Buffer.from(bytes).toString('base64')) })
}

async function* readRecords(db: Database, table: ReadTable, workspaceId: string): AsyncGenerator<readonly unknown[]> {
  let after = ''
  for (;;) {
    const page = await sql<{ id: string; record: unknown }>`select id, record from ${sql.table(table)}
      where workspace_id = ${workspaceId} and id > ${after} order by id limit ${PAGE}`.execute(db)
    yield page.rows.map(({ record }) => record)
    const last = page.rows.at(-1)
    if (last === undefined || page.rows.length < PAGE) return
    after = last.id
  }
}

async function* readActivity(
  db: Database,
  of: { readonly workspaceId: string } | { readonly userId: string; readonly notIn: readonly string[] },
): AsyncGenerator<readonly unknown[]> {
  let after = { workspace_id: '', seq: '0', n: -1 }
  for (;;) {
    let query = db
      .selectFrom('activity')
      .selectAll()
      .where(sql<boolean>`(workspace_id, seq, n) > (${after.workspace_id}, ${after.seq}::bigint, ${after.n}::int)`)
    if ('workspaceId' in of) query = query.where('workspace_id', '=', of.workspaceId)
    else {
      query = query.where('user_id', '=', of.userId)
      if (of.notIn.length > 0) query = query.where('workspace_id', 'not in', of.notIn)
    }
    const page = await query.orderBy('workspace_id').orderBy('seq').orderBy('n').limit(PAGE).execute()
    yield page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last
  }
}

/** The documents of a person and of the workspaces they own, in every epoch that is still kept. */
async function documentNames(db: Database, userId: string, ownIds: readonly string[]): Promise<readonly string[]> {
  const first = [
    formatDocumentName({ kind: 'user', id: userId, epoch: 1 }),
    ...ownIds.map((id) => formatDocumentName({ kind: 'workspace', id, epoch: 1 })),
  ]
  const prefixes = first.map((name) => name.slice(0, -1))
  const { rows: found } = await sql<{ doc: string }>`select doc from unnest(${prefixes}::text[]) as prefix
    join doc_heads head on head.doc >= prefix and head.doc < rtrim(prefix, ':') || ';'
    where head.ended_at is null or exists (select from doc_snapshots kept where kept.doc = head.doc)
    order by doc`.execute(db)
  return found.map(({ doc }) => doc)
}

async function readSignInMethods(db: Database, userId: string): Promise<AccountExport['signInMethods']> {
  return {
    passkeys: await readRows(
      db,
      'passkeys',
      ['id', 'name', 'rp_id', 'backed_up', 'created_at', 'last_used_at'],
      userId,
    ),
    identities: await readRows(db, 'identities', ['issuer', 'subject', 'provider', 'email', 'created_at'], userId),
    authenticatorApps: await readRows(db, 'totp_secrets', ['created_at', 'confirmed_at'], userId),
  }
}

/** Some columns of a person's rows in a table, under their names in it. */
async function readRows(
  db: Database,
  table: string,
  columns: readonly string[],
  userId: string,
): Promise<Record<string, unknown>[]> {
  const selected = sql.join(columns.map((column) => sql.ref(column)))
  const found = await sql<Record<string, unknown>>`select ${selected} from ${sql.table(table)}
    where user_id = ${userId} order by ${sql.ref(columns[0] ?? '')}`.execute(db)
  return found.rows
}

/** The pages of a list as one JSON array. */
async function* rows(pages: AsyncGenerator<readonly unknown[]>): AsyncGenerator<string> {
  yield '['
  let isFirst = true
  for await (const page of pages) {
    if (page.length === 0) continue
    yield `${isFirst ? '' : ','}${JSON.stringify(page).slice(1, -1)}`
    isFirst = false
  }
  yield ']'
}

/** A JSON array of values that come in parts. */
async function* array<Item>(
  items: readonly Item[],
  parts: (item: Item) => AsyncGenerator<string>,
): AsyncGenerator<string> {
  yield '['
  for (const [index, item] of items.entries()) {
    if (index > 0) yield ','
    yield* parts(item)
  }
  yield ']'
}
