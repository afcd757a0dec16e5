import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Ends the embedded database of a data directory at once. */
export async function killDatabase(dataDirectory: string): Promise<void> {
  process.kill(await postmasterPid(dataDirectory), 'SIGKILL')
}

/** Stops every process of the embedded database where it is, until the function that this answers is called. */
export async function suspendDatabase(dataDirectory: string): Promise<() => void> {
  const postmaster = await postmasterPid(dataDirectory)
  process.kill(postmaster, 'SIGSTOP')
  const stopped = [...(await childrenOf(postmaster)), postmaster]
  const signalAll = (signal: NodeJS.Signals) => {
    for (const pid of stopped) signalTo(pid, signal)
  }
  signalAll('SIGSTOP')
  return () => signalAll('SIGCONT')
}

async function postmasterPid(dataDirectory: string): Promise<number> {
  const [pid] = (await readFile(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  return Number(pid)
}

async function childrenOf(parent: number): Promise<readonly number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid='])
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number))
  return pairs.flatMap(([pid, ppid]) => (pid !== undefined && ppid === parent ? [pid] : []))
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // One that ended meanwhile.
  }
}
