import { hash } from 'node:crypto'
import type pg from 'pg'
import { findFaults } from '../log/set-aside/find-faults.ts'
import { readStored } from '../log/set-aside/read-rows.ts'
import { compactUpdates } from '../sync/compaction/compact-update.ts'
import type { DoctorDeps } from './doctor-deps.ts'
import { inWords, openSetAside, readSetAside, type SetAsideRow } from './set-aside-rows.ts'

interface Mendable {
  readonly row: SetAsideRow
  readonly update: Uint8Array
  /** False if the document already holds it, since a device sent it again. */
  readonly isNew: boolean
}

/**
 * Tries again what is set aside. What the document can take in now, because its key or what it builds on is here, is
 * appended to the log as its author's edit. Answers whether nothing stays set aside.
 */
export async function retrySetAside(
  deps: DoctorDeps,
  document: string | null,
  { write }: { readonly write: boolean },
): Promise<boolean> {
  const rows = await readSetAside(deps.pool, document)
  let left = 0
  for (const name of new Set(rows.map(({ doc }) => doc))) {
    const own = rows.filter(({ doc }) => doc === name)
    left += own.length - (await retryDocument(deps, name, own, write))
  }
  deps.tell(
    `${rows.length - left} of ${rows.length} ${write ? 'are back' : 'would come back'}; ${left} stay set aside.`,
  )
  return left === 0
}

async function retryDocument(
  { pool, cipher, tell }: DoctorDeps,
  document: string,
  rows: readonly SetAsideRow[],
  write: boolean,
): Promise<number> {
  const stored = await readStored(pool, cipher, document)
  if (stored === null || stored.faults.length > 0 || stored.snapshotFault !== null) {
    tell(`${document}: its log cannot be read in full; check it with --write first`)
    return 0
  }
  if (await isOver(pool, document)) {
    tell(`${document}: a later epoch has begun, so nothing can be added; --export writes what is set aside to files`)
    return 0
  }
  const parts = stored.rows.map(({ bytes }) => bytes)
  const mendable = findMendable(
    stored.snapshot === null ? parts : [stored.snapshot, ...parts],
    rows.flatMap((row) => {
      const update = openSetAside(cipher, row)
      return update === null ? [] : [{ row, update }]
    }),
  )
  if (write && !(await putBack({ pool, cipher }, document, stored, mendable))) {
    tell(`${document}: it was edited meanwhile; try again`)
    return 0
  }
  for (const { row, isNew } of mendable) tell(`${inWords(row)}: ${isNew ? 'can be taken in' : 'is there already'}`)
  return mendable.length
}

/** Takes in one after the other, until none of the rest can be taken in: one may build on another. */
function findMendable(
  log: readonly Uint8Array[],
  candidates: readonly { readonly row: SetAsideRow; readonly update: Uint8Array }[],
): readonly Mendable[] {
  const mendable: Mendable[] = []
  let document = compactUpdates(log).bytes
  let left = candidates
  for (;;) {
    const before = left.length
    left = left.filter(({ row, update }) => {
      const { snapshot, rows, withoutPending } = findFaults(document, [{ seq: Number(row.seq), bytes: update }])
      if (snapshot !== null || rows.length > 0 || withoutPending !== null) return true
      const next = compactUpdates([document, update]).bytes
      mendable.push({ row, update, isNew: Buffer.compare(next, document) !== 0 })
      document = next
      return false
    })
    if (left.length === before) return mendable
  }
}

async function isOver(pool: pg.Pool, document: string): Promise<boolean> {
  const { rows } = await pool.query<{ over: boolean }>(
    `select exists (select from doc_heads later, doc_heads own where own.doc = $1 and later.epoch > own.epoch
      and later.doc >= left(own.doc, 29) and later.doc < left(own.doc, 28) || ';') as over`,
    [document],
  )
  return rows[0]?.over === true
}

/** Appends what is new and forgets that any of it was set aside; false, with nothing done, if the log has moved. */
async function putBack(
  { pool, cipher }: Pick<DoctorDeps, 'pool' | 'cipher'>,
  document: string,
  judged: { readonly head: number; readonly revision: number },
  mendable: readonly Mendable[],
): Promise<boolean> {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query('begin')
    const added = mendable.filter(({ isNew }) => isNew)
    const moved = await client.query(
      'update doc_heads set seq = seq + $4 where doc = $1 and seq = $2 and revision = $3',
      [document, judged.head, judged.revision, added.length],
    )
    if (moved.rowCount !== 1) {
      await client.query('rollback')
      broken = false
      return false
    }
    for (const [index, { row, update }] of added.entries()) {
      const bytes = Buffer.from(cipher.seal(document, update))
      await client.query(
        `insert into doc_updates (doc, seq, bytes, sha256, key_id, user_id, client_id)
          values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          document,
          judged.head + 1 + index,
          bytes,
          hash('sha256', bytes, 'buffer'),
          cipher.keyId,
          row.user_id ?? 'server',
          row.client_id,
        ],
      )
    }
    for (const { row } of mendable) {
      await client.query('delete from doc_set_aside where doc = $1 and kind = $2 and seq = $3', [
        document,
        row.kind,
        row.seq,
      ])
    }
    await client.query('commit')
    broken = false
    return true
  } finally {
    client.release(broken)
  }
}
