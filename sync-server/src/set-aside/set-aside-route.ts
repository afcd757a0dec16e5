import { type SetAside, setAsideListSchema } from '@questlog/shared/protocol/set-aside'
import { ulidSchema } from '@questlog/shared/protocol/ulid'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '../db/tables.ts'
import { pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import type { TypedApp } from '../http/typed-app.ts'

/** After which item a page begins. */
const cursorSchema = z.tuple([
  z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  z.int().min(0),
  z.enum(['update', 'snapshot']),
])

/** Lists what is set aside of a workspace's logs, for its owners and administrators. */
export function setAsideRoute(app: TypedApp, { db }: { readonly db: Database }): void {
  app.route({
    method: 'GET',
    url: '/api/v1/workspaces/:workspaceId/set-aside',
    schema: {
      operationId: 'listSetAside',
      summary: 'Changes that the server could not read and has set aside, the last in the log first',
      description:
        'Everything else is served as if they were not there. Nothing of them is thrown away: whoever runs the server ' +
        'can list, mend and export them (`npm run doctor`). A device that still has such a change sends it again.',
      tags: ['Workspaces'],
      params: z.strictObject({ workspaceId: ulidSchema }),
      querystring: z.strictObject(pageQuery),
      response: { 200: setAsideListSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      const { limit, cursor } = request.query
      const { workspaceId } = request.params
      const after = readCursor('set-aside', cursorSchema, cursor)
      const items = await listSetAside(db, workspaceId, limit + 1, after)
      const page = items.slice(0, limit)
      const last = items.length > limit ? page.at(-1) : undefined
      const nextCursor = last === undefined ? null : writeCursor('set-aside', [last.epoch, last.seq, last.kind])
      return { items: page, nextCursor, ...(await summary(db, workspaceId)) }
    },
  })
}

// ';' follows ':' in ASCII: a range that the primary key serves.
const ofWorkspace = (id: string) =>
  sql`aside.doc >= 'w:' || ${id}::text || ':' and aside.doc < 'w:' || ${id}::text || ';'`

async function listSetAside(
  db: Database,
  workspaceId: string,
  limit: number,
  after: z.infer<typeof cursorSchema> | undefined,
): Promise<SetAside[]> {
  const [epoch, seq, kind] = after ?? []
  const beyond =
    after === undefined ? sql`true` : sql`(head.epoch, aside.seq, aside.kind) < (${epoch}, ${seq}, ${kind}::text)`
  const { rows } = await sql<
    Omit<SetAside, 'at' | 'writtenAt'> & { readonly at: Date; readonly writtenAt: Date | null }
  >`select head.epoch, aside.seq::float8 as seq, aside.kind, aside.at, aside.user_id as author,
      aside.written_at as "writtenAt", aside.reason, coalesce(octet_length(aside.bytes), 0) as bytes
    from doc_set_aside aside join doc_heads head on head.doc = aside.doc
    where ${ofWorkspace(workspaceId)} and ${beyond}
    order by head.epoch desc, aside.seq desc, aside.kind desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    writtenAt: row.writtenAt?.toISOString() ?? null,
  }))
}

async function summary(db: Database, workspaceId: string) {
  const { rows } = await sql<{ changes: number; since: Date | null }>`select count(*)::int as changes, min(at) as since
    from doc_set_aside aside where kind = 'update' and ${ofWorkspace(workspaceId)}`.execute(db)
  return { changes: rows[0]?.changes ?? 0, since: rows[0]?.since?.toISOString() ?? null }
}
