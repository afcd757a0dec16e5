import { randomBytes } from 'node:crypto'
import { createEncoder, type Encoder, toUint8Array, writeUint8, writeVarString, writeVarUint } from 'lib0/encoding'
import type pg from 'pg'
import { createDocumentCipher, type DocumentCipher } from '../../log/document-cipher.ts'
import { createPostgresLog } from '../../log/postgres-log.ts'
import { updateOf } from './entries.ts'

/** Updates that no load can take in, as they have been seen in logs; each is written by a client id of its own. */
export const badUpdates = {
  /** Text, part of which the document knows as collected: Yjs throws. The first update alone does no harm. */
  'text behind a collected struct': [collected(7, 2), rootText(7, 1)],
  /** A hole at the end, and deletions in it: they wait for ever. */
  'deletions in a trailing hole': [trailingHole(9)],
  /** The second of two edits, whose first never came. */
  'an edit without the one before it': [rootText(11, 5)],
  /** Noise. */
  'random bytes': [Uint8Array.of(1, 7, 3, 0, 31, 255, 255, 1, 77, 200, 3)],
} as const satisfies Readonly<Record<string, readonly Uint8Array[]>>

/** The keys that the log of a sealed document is written with. */
export const documentKey = { id: 'k1', secret: randomBytes(32) }
/** Another key under the same name. */
export const wrongCipher: DocumentCipher = createDocumentCipher([{ id: 'k1', secret: randomBytes(32) }])

/** An update by a client id of its own that adds one quest. */
export function questUpdate(id: string, clientId: number): Uint8Array {
  return updateOf((doc) => doc.getArray('quests').push([[id, clientId * 1024, { title: id, createdAt: 1 }]]), clientId)
}

/** Writes straight into a log, past admission; answers the seqs. */
export async function writeRows(
  pool: pg.Pool,
  document: string,
  updates: readonly Uint8Array[],
  cipher?: DocumentCipher,
): Promise<readonly number[]> {
  const log = createPostgresLog(pool, cipher)
  const outcomes = await log.commitBatch(
    updates.map((bytes) => ({ document, bytes, userId: 'mallory', clientId: null, claims: [] })),
  )
  return outcomes.map((outcome) => {
    if (outcome.kind !== 'committed') throw new Error(outcome.kind)
    return outcome.seq
  })
}

function collected(client: number, length: number): Uint8Array {
  return update((encoder) => {
    writeAll(encoder, 1, 1, client, 0)
    writeUint8(encoder, 0)
    writeAll(encoder, length, 0)
  })
}

function rootText(client: number, clock: number): Uint8Array {
  return update((encoder) => {
    writeAll(encoder, 1, 1, client, clock)
    writeText(encoder, 'abc')
    writeAll(encoder, 0)
  })
}

function trailingHole(client: number): Uint8Array {
  return update((encoder) => {
    writeAll(encoder, 1, 2, client, 0)
    writeText(encoder, 'x')
    writeUint8(encoder, 10)
    writeAll(encoder, 5, 1, client, 1, 1, 3)
  })
}

function writeText(encoder: Encoder, text: string): void {
  writeUint8(encoder, 4)
  writeAll(encoder, 1)
  writeVarString(encoder, 'note:q1')
  writeVarString(encoder, text)
}

function writeAll(encoder: Encoder, ...numbers: readonly number[]): void {
  for (const number of numbers) writeVarUint(encoder, number)
}

function update(write: (encoder: Encoder) => void): Uint8Array {
  const encoder = createEncoder()
  write(encoder)
  return toUint8Array(encoder)
}
