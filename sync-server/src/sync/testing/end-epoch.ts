import { formatDocumentName } from '@questlog/shared/protocol/documents'
import type pg from 'pg'
import { plainStorage } from '../../log/document-cipher.ts'
import { createPostgresLog } from '../../log/postgres-log.ts'
import { beginEpoch } from '../epochs/begin-epoch.ts'
import { rebaseUpdates } from '../epochs/rebase-updates.ts'

/** Ends the current epoch of a workspace's document, whatever its client ids, and answers its number. */
export async function endEpoch(pool: pg.Pool, workspaceId: string): Promise<number> {
  const log = createPostgresLog(pool)
  const { rows } = await pool.query<{ epoch: number }>(
    "select max(epoch) as epoch from doc_heads where doc like 'w:' || $1 || ':%'",
    [workspaceId],
  )
  const epoch = rows[0]?.epoch ?? 1
  const [document, next] = [epoch, epoch + 1].map((each) =>
    formatDocumentName({ kind: 'workspace', id: workspaceId, epoch: each }),
  ) as [string, string]
  const { head, revision, snapshot, tail } = await log.load(document)
  const parts = tail.map(({ bytes }) => bytes)
  const made = rebaseUpdates(snapshot === null ? parts : [snapshot, ...parts])
  await log.putSnapshot(document, head, made.final)
  const deps = { pool, cipher: plainStorage, faultPoint: () => undefined }
  await beginEpoch(deps, { document, head, revision, next, nextEpoch: epoch + 1, ...made })
  return epoch
}
