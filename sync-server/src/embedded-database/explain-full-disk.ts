import { lstatSync, readlinkSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode, StartError } from '../process/start-error.ts'

/** What the system and PostgreSQL say, in their codes or words, where a disk or its owner's share of it has no room left. */
const CODES = /^(ENOSPC|EDQUOT|53100)$/
const WORDS = /\b(No space left on device|Disk quota exceeded|ENOSPC|EDQUOT)\b/

/** Less than this, and PostgreSQL may not even have been able to write why it ended. */
const WORDLESS_BYTES = 64 * 1024

/** Why a PostgreSQL that ended at once will not start before somebody makes room; null where it may be something else. */
export function lackOfRoom(dir: string, lastWords: string): string | null {
  const { bavail, bsize } = statfsSync(dir)
  return WORDS.exec(lastWords)?.[0] ?? (bavail * bsize < WORDLESS_BYTES ? 'No space left on device' : null)
}

/**
 * For a start that failed because the embedded database's disk has no room left: says which folder, and what to do. Any
 * other failure is answered as it is.
 */
export function explainFullDisk(dataDir: string, failure: unknown): unknown {
  const said = failure instanceof Error ? failure.message : ''
  if (!CODES.test(errorCode(failure)) && !WORDS.test(said)) return failure
  return new StartError(
    `${said}\nThe disk that holds ${databaseDir(dataDir)} is full: no space is left on the device. Make room there (a new database takes some 50 MB), ` +
      'then start again, and what was saved is there. Or name a folder on another disk in QUESTLOG_DATA_DIR.',
    { cause: failure },
  )
}

/** Where the database is, or would be: a link in the data directory may lead to another disk. */
function databaseDir(dataDir: string): string {
  const own = join(dataDir, 'postgres')
  return lstatSync(own, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(own) : own
}
