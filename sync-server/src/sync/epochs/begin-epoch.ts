import { hash } from 'node:crypto'
import type pg from 'pg'
import { SERVER } from '../../log/append-transaction.ts'
import type { DocumentCipher } from '../../log/document-cipher.ts'
import { openRow, type UpdateRow } from '../../log/postgres-log.ts'
import type { Seq } from '../../log/update-log.ts'
import type { FaultPoint } from '../../process/fault-point.ts'

/** The end of a document's epoch and the beginning of the next. */
export interface EpochChange {
  readonly document: string
  /** The head from which everything was made, and the revision of its log; its snapshot must be stored. */
  readonly head: Seq
  readonly revision: number
  /** The document's name under the next epoch, and the update it begins with. */
  readonly next: string
  readonly nextEpoch: number
  readonly begun: Uint8Array
  readonly begunClientIds: readonly number[]
}

interface BeginEpochDeps {
  readonly pool: pg.Pool
  readonly cipher: DocumentCipher
  readonly faultPoint: FaultPoint
}

// Only this transaction sees the row, and another one that begins this epoch waits for its end: of two, one wins.
const writeFirst = `insert into doc_updates (doc, seq, bytes, sha256, user_id, client_id, key_id)
  values ($1, 1, $2, $3, $4, $5, $6) on conflict do nothing`

const readFirst = 'select seq, bytes, sha256, key_id from doc_updates where doc = $1 and seq = 1'

// From here on the head is locked, and with the commit no append to it succeeds ever again.
const end = `update doc_heads set final_seq = seq, ended_at = now(), snapshot_seq = seq
  where doc = $1 and seq = $2 and revision = $3 and ended_at is null`

const begin = `with head as (
    insert into doc_heads (doc, seq, epoch) values ($1, 1, $2)
  )
  insert into doc_clients (doc, client_id, user_id) select $1, client_id, $3 from unnest($4::bigint[]) as client_id`

/**
 * Ends a document's epoch and begins the next one, in one transaction: after a crash anywhere, either both are done or
 * neither is. False, with nothing done, if the log has moved past the head, or another process was first.
 */
export async function beginEpoch(deps: BeginEpochDeps, change: EpochChange): Promise<boolean> {
  const { document, head, revision, next, nextEpoch, begunClientIds } = change
  const { faultPoint } = deps
  const client = await deps.pool.connect()
  let isBroken = true
  try {
    await client.query('begin')
    const isFirst = await writeAndVerify(client, deps.cipher, change)
    faultPoint('during-rebase')
    const isEnded = isFirst && (await client.query(end, [document, head, revision])).rowCount === 1
    if (isEnded) {
      await client.query(begin, [next, nextEpoch, SERVER, begunClientIds])
      faultPoint('before-epoch-ends')
    }
    await client.query(isEnded ? 'commit' : 'rollback')
    isBroken = false
    if (isEnded) faultPoint('after-epoch-ended')
    return isEnded
  } finally {
    // A transaction that failed ends with its connection.
    client.release(isBroken)
  }
}

async function writeAndVerify(client: pg.PoolClient, cipher: DocumentCipher, change: EpochChange): Promise<boolean> {
  const { next, begun, begunClientIds } = change
  const stored = cipher.seal(next, begun)
  const values = [next, stored, hash('sha256', stored, 'buffer'), SERVER, begunClientIds[0] ?? null, cipher.keyId]
  if ((await client.query(writeFirst, values)).rowCount === 0) return false
  const { rows } = await client.query<UpdateRow>(readFirst, [next])
  const [row] = rows
  if (row === undefined || Buffer.compare(openRow(cipher, next, row).bytes, begun) !== 0) {
    throw new Error('the stored document is not the one that was made')
  }
  return true
}
