import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readStored } from '../log/set-aside/read-rows.ts'
import { compactUpdates } from '../sync/compaction/compact-update.ts'
import type { DoctorDeps } from './doctor-deps.ts'
import { inWords, openSetAside, readSetAside, type SetAsideRow } from './set-aside-rows.ts'

/**
 * Writes what is set aside of a document to files: as it is stored, and opened where that is possible; and the document
 * as it is served, as one update. True where the document is there.
 */
export async function exportDocument(deps: DoctorDeps, document: string, directory: string): Promise<boolean> {
  const rows = await readSetAside(deps.pool, document)
  const stored = await readStored(deps.pool, deps.cipher, document)
  for (const row of rows) await writeRow(deps, row, directory)
  if (stored !== null) {
    const parts = stored.rows.map(({ bytes }) => bytes)
    const { bytes } = compactUpdates(stored.snapshot === null ? parts : [stored.snapshot, ...parts])
    await write(deps, directory, `${fileName(document)}.update`, bytes)
  } else if (rows.length === 0) deps.tell(`${document}: there is no such document`)
  return stored !== null
}

/** Removes what is set aside at a seq for good, once its bytes are in a file. True if it was there. */
export async function dropSetAside(
  deps: DoctorDeps,
  asked: { readonly document: string; readonly seq: number; readonly directory: string; readonly write: boolean },
): Promise<boolean> {
  const { pool, tell } = deps
  const rows = (await readSetAside(pool, asked.document)).filter(({ seq }) => Number(seq) === asked.seq)
  if (rows.length === 0) tell(`${asked.document} ${asked.seq}: nothing is set aside there`)
  for (const row of rows) {
    if (!asked.write) {
      tell(`${inWords(row)}: would be given up for good`)
      continue
    }
    await writeRow(deps, row, asked.directory)
    await pool.query('delete from doc_set_aside where doc = $1 and kind = $2 and seq = $3', [
      row.doc,
      row.kind,
      row.seq,
    ])
    tell(`${inWords(row)}: given up for good`)
  }
  return rows.length > 0
}

async function writeRow(deps: DoctorDeps, row: SetAsideRow, directory: string): Promise<void> {
  const name = `${fileName(row.doc)}-${row.kind}-${row.seq}`
  if (row.bytes !== null) await write(deps, directory, `${name}.stored`, row.bytes)
  const opened = openSetAside(deps.cipher, row)
  if (opened !== null) await write(deps, directory, `${name}.update`, opened)
}

async function write({ tell }: DoctorDeps, directory: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, name)
  // On disk before anything is removed from the database, and never over an existing file.
  await writeFile(path, bytes, { flush: true, flag: 'wx', mode: 0o600 })
  tell(`wrote ${path}`)
}

function fileName(document: string): string {
  return document.replaceAll(':', '-')
}
