import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type pg from 'pg'
import { DELETED_SEQ } from '../log/delete-documents.ts'
import { type DocumentCipher, MissingKey } from '../log/document-cipher.ts'
import { findFaults } from '../log/set-aside/find-faults.ts'
import { createLogExaminer } from '../log/set-aside/log-examiner.ts'
import { readStored } from '../log/set-aside/read-rows.ts'
import type { DoctorDeps } from './doctor-deps.ts'
import { inWords, readSetAside } from './set-aside-rows.ts'

/**
 * Reads every document as a fresh load does, and reports what is wrong; true if nothing is. With `write`, what is found
 * is set aside at once, as the next load would do.
 */
export async function checkDocuments(
  deps: DoctorDeps,
  document: string | null,
  { write }: { readonly write: boolean },
): Promise<boolean> {
  const { pool, tell } = deps
  const documents = await documentNames(pool, document)
  if (document !== null && documents.length === 0) tell(`${document}: there is no such document`)
  let faulty = 0
  for (const name of documents) {
    const found = await faultsOf(pool, deps.cipher, name)
    for (const fault of found.ok ? found.value : [found.error]) tell(`${name} ${fault}`)
    if (found.ok && found.value.length === 0) continue
    faulty++
    if (found.ok && write) await setAside(deps, name)
  }
  const rows = await readSetAside(pool, document)
  for (const row of rows) tell(inWords(row))
  const aside = new Set(rows.map(({ doc }) => doc)).size
  tell(`${documents.length} documents read, ${faulty} with faults; ${rows.length} parts of ${aside} are set aside.`)
  return faulty === 0 && rows.length === 0 && (document === null || documents.length > 0)
}

async function documentNames(pool: pg.Pool, document: string | null): Promise<readonly string[]> {
  const { rows } = await pool.query<{ doc: string }>(
    'select doc from doc_heads where seq between 1 and $1 and ($2::text is null or doc = $2) order by doc',
    [DELETED_SEQ - 1, document],
  )
  return rows.map(({ doc }) => doc)
}

/** What is wrong with a document's log, in words; fails with why this cannot be found out. */
async function faultsOf(
  pool: pg.Pool,
  cipher: DocumentCipher,
  document: string,
): Promise<Result<readonly string[], string>> {
  try {
    const stored = await readStored(pool, cipher, document)
    if (stored === null) return ok([])
    const unread = stored.faults.map(({ seq, reason }) => `update ${seq}: ${reason}`)
    if (stored.snapshotFault !== null) return ok([`snapshot ${stored.snapshotSeq}: ${stored.snapshotFault}`, ...unread])
    const found = findFaults(stored.snapshot, stored.rows)
    if (found.snapshot !== null) return ok([`snapshot ${stored.snapshotSeq}: ${found.snapshot}`, ...unread])
    const untaken = found.rows.map(({ seq, reason }) => `update ${seq}: ${reason}`)
    const waiting = found.withoutPending === null ? [] : [`snapshot ${stored.snapshotSeq}: incomplete`]
    return ok([...unread, ...untaken, ...waiting])
  } catch (error) {
    if (error instanceof MissingKey) return err(`cannot be read: the key ${error.keyId} is not in DOCUMENT_KEYS`)
    throw error
  }
}

async function setAside({ pool, cipher, logger }: DoctorDeps, document: string): Promise<void> {
  const examiner = createLogExaminer({ pool, cipher, logger, onRevised: () => undefined })
  try {
    while (await examiner.examine(document, null));
  } finally {
    await examiner.close()
  }
}
