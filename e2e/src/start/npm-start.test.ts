import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { freePort, makeDataDirectory } from '../harness/questlog-process.ts'

const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url))

let dataDirectory: Awaited<ReturnType<typeof makeDataDirectory>>
beforeEach(async () => {
  dataDirectory = await makeDataDirectory('empty')
})
afterEach(() => dataDirectory.remove())

test('SIGTERM to npm start ends the server and its database', async () => {
  const port = await freePort()
  const npm = spawn('npm', ['start'], {
    cwd: repositoryRoot,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), QUESTLOG_DATA_DIR: dataDirectory.path },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve) => {
    npm.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(`Questlog is ready at http://localhost:${port}`)) resolve()
    })
  })
  const pidFile = join(dataDirectory.path, 'postgres', 'postmaster.pid')
  const postmaster = Number((await readFile(pidFile, 'utf8')).split('\n')[0])

  npm.kill('SIGTERM')
  const untilGone = { timeout: 20_000, interval: 100 }
  await vi.waitFor(() => expect(() => process.kill(postmaster, 0)).toThrow('ESRCH'), untilGone)
  await vi.waitFor(() => expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow(), untilGone)
})
