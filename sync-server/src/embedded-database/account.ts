import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartError } from '../process/start-error.ts'

/** The system account PostgreSQL runs under when the server itself runs as root, which PostgreSQL refuses. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/**
 * The account to run under: the owner of an existing cluster, else `postgres`, else `nobody`.
 * Undefined for an ordinary user, who runs PostgreSQL as himself.
 */
export function databaseAccount(clusterDir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(clusterDir, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const passwd = readFileSync('/etc/passwd', 'utf8')
  const account = findAccount(passwd, 'postgres') ?? findAccount(passwd, 'nobody')
  if (account !== undefined) return account
  throw new StartError(
    'PostgreSQL does not run as root, and the system has neither a "postgres" nor a "nobody" account. ' +
      'Start Questlog as an ordinary user, or set DATABASE_URL.',
  )
}

/** Finds an account by name in the text of a passwd file; never answers root. */
export function findAccount(passwd: string, name: string): Account | undefined {
  for (const line of passwd.split('\n')) {
    const [user, , uid, gid] = line.split(':')
    if (user !== name) continue
    const account = { uid: Number(uid), gid: Number(gid) }
    if (Number.isInteger(account.uid) && Number.isInteger(account.gid) && account.uid !== 0) return account
  }
  return undefined
}

/** Whether the account may pass through a directory and all its ancestors, judged by their mode bits. */
export function canReach(directory: string, account: Account): boolean {
  for (let current = directory; ; current = dirname(current)) {
    const { mode, uid, gid } = statSync(current)
    const executable = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & executable) === 0) return false
    if (dirname(current) === current) return true
  }
}
