import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type DataDir,
  eventually,
  makeDataDir,
  postmasterPid,
  runServer,
  type ServerProcess,
} from './testing/server-process.ts'

let dataDir: DataDir
let servers: ServerProcess[]
let unmount: (() => void) | undefined
beforeEach(() => {
  dataDir = makeDataDir()
  servers = []
})
afterEach(async () => {
  for (const server of servers) {
    server.child.kill('SIGTERM')
    await server.ended
  }
  unmount?.()
  unmount = undefined
  dataDir.remove()
})

function run(): ServerProcess {
  const server = runServer({ QUESTLOG_DATA_DIR: dataDir.path })
  servers.push(server)
  return server
}

/** Puts the data directory on a disk of its own; the answer changes its size. Null where this process may not. */
function mountDisk(size: string): ((size: string) => void) | null {
  const mount = (options: string) => execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', dataDir.path])
  try {
    mount(`size=${size},mode=711`)
  } catch {
    return null
  }
  unmount = () => execFileSync('umount', ['--lazy', dataDir.path])
  return (next) => mount(`remount,size=${next}`)
}

const readyStatus = async (url: string) => (await fetch(`${url}/health/ready`)).status

test.for([
  ['the database cannot be made', '8m'],
  ['the database is made, and what is in it cannot be', '40m'],
])(
  'a disk that is full when %s: the reason, the folder and the way on are said, and room is enough',
  async ([, size = ''], { skip }) => {
    const resize = mountDisk(size)
    if (resize === null) return skip('this process may not mount a disk')
    const server = run()
    expect((await server.ended).code).toBe(1)
    expect(server.output()).toMatch(/^.*No space left on device/m)
    expect(server.output()).toContain(`The disk that holds ${join(dataDir.path, 'postgres')} is full`)
    expect(server.output()).toContain('Make room there')
    await eventually('its database has ended', () => postmasterPid(dataDir.path) === undefined)
    resize('400m')
    expect(await readyStatus(await run().ready)).toBe(200)
  },
)

test('a disk that was filled since the database ran last: the reason and the way on are said at once', async ({
  skip,
}) => {
  if (mountDisk('400m') === null) return skip('this process may not mount a disk')
  await dataDir.prepare()
  const filler = join(dataDir.path, 'filler')
  expect(() => writeFileSync(filler, Buffer.alloc(400 * 1024 * 1024))).toThrow('ENOSPC')
  const server = run()
  expect((await server.ended).code).toBe(1)
  expect(server.output()).toMatch(/^The embedded database did not start: No space left on device/)
  expect(server.output()).toContain('Make room there')
  rmSync(filler)
  expect(await readyStatus(await run().ready)).toBe(200)
})
