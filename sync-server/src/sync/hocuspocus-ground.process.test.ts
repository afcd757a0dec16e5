import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { readUpdate } from './admission/admit-update.ts'

// What a stock server or Yjs does to its whole process, seen from outside of it.

/** Longer than a process takes to end that can, and than one takes to start on a busy machine. */
const [END_MS, START_MS] = [2_000, 25_000]

interface Ended {
  readonly output: string
  readonly exitCode: number | null
  /** Whether it was still running when its time was up. */
  readonly wasKilled: boolean
}

/** Runs a script in a process of its own, which gets a bounded time to end in once it printed its last words. */
function runScript(script: string, lastWords?: string): Promise<Ended> {
  const options = { cwd: import.meta.dirname, timeout: START_MS, killSignal: 'SIGKILL' as const }
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--input-type=module', '-e', script],
      options,
      (_error, stdout, stderr) => {
        resolve({ output: stdout + stderr, exitCode: child.exitCode, wasKilled: child.signalCode === 'SIGKILL' })
      },
    )
    child.stdout?.on('data', (printed) => {
      if (printed === lastWords) setTimeout(() => child.kill('SIGKILL'), END_MS)
    })
  })
}

/** One client whose first column repeats a collected struct of one element two thousand million times. */
const hugeRun = [128, 128, 128, 128, 8]
const endless = Uint8Array.from([0, 0, 1, 7, 0, 0, 1, 0, 1, 0, 0, 0, 6, 65, ...hugeRun, 1, ...hugeRun, 0, 0])

test('27 bytes of the second encoding keep Yjs busy until it is killed; ours refuses them at once', async () => {
  expect(endless).toHaveLength(27)
  const script = `
    import * as Y from 'yjs'
    console.log('started')
    Y.applyUpdateV2(new Y.Doc(), Uint8Array.from([${endless}]))
    console.log('ended')`
  const ended = await runScript(script, 'started\n')
  expect(ended).toMatchObject({ output: 'started\n', wasKilled: true })
  expect(readUpdate(endless)).toEqual({ ok: false, error: 'malformed' })
})

test('a rejected onChange ends a stock process as an unhandled rejection; ours has no such hook', async () => {
  const ended = await runScript(`
    import { Hocuspocus } from '@hocuspocus/server'
    const server = new Hocuspocus({ quiet: true, async onChange() { throw new Error('from the hook') } })
    const direct = await server.openDirectConnection('doc')
    await direct.transact((doc) => doc.getArray('quests').push([1]))
    setTimeout(() => console.log('survived'), 500)`)
  expect(ended.exitCode).toBe(1)
  expect(ended.output).toContain('from the hook')
  expect(ended.output).not.toContain('survived')
})

test('a store that throws while a stock server shuts down keeps it from ever ending', async () => {
  const script = `
    import { Server } from '@hocuspocus/server'
    const server = new Server({
      port: 0, quiet: true, stopOnSignals: false, debounce: 60000, maxDebounce: 60000,
      async onStoreDocument() { throw new Error('disk full') },
    })
    await server.listen()
    const direct = await server.hocuspocus.openDirectConnection('doc')
    await direct.transact((doc) => doc.getArray('quests').push([1]))
    console.log('stopping')
    await server.destroy()
    console.log('stopped')`
  const ended = await runScript(script, 'stopping\n')
  expect(ended.output).toContain('stopping')
  expect(ended.output).not.toContain('stopped')
  expect(ended.wasKilled).toBe(true)
})
