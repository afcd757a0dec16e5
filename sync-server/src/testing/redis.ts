import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, type TestContext } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether this run has to have every outside program, as CI has. */
    readonly isCi: boolean
  }
}

/**
 * Starts the installed `redis-server` for one test, keeping nothing, and answers the path of the socket it listens on.
 * Where there is none, the test fails in CI; elsewhere it is skipped, and its reason printed.
 */
export async function startRedis(context: TestContext): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'questlog-redis-'))
  context.onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const path = join(directory, 'redis.sock')
  const child = spawn('redis-server', ['--port', '0', '--unixsocket', path, '--save', '', '--appendonly', 'no'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  context.onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  try {
    await new Promise<void>((resolve, reject) => {
      let printed = ''
      child.once('error', reject)
      child.once('close', () => reject(new Error(`redis-server ended before it was ready:\n${printed}`)))
      child.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString()
        if (/ready to accept connections/i.test(printed)) resolve()
      })
    })
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    const reason = 'needs redis-server, which is not installed (Debian: apt-get install redis-server)'
    if (inject('isCi')) throw new Error(`This test ${reason}.`, { cause })
    process.stderr.write(`A test is skipped: it ${reason}.\n`)
    return context.skip(reason)
  }
  return path
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
