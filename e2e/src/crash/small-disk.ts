import { execFile } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const DISK_MIB = 384
const MIB = Buffer.alloc(1024 * 1024)

/** A directory on a disk of its own. */
export interface SmallDisk {
  /** Leaves no room on it. */
  fill(): void
  makeRoom(): void
  unmount(): Promise<void>
}

/** Mounts a small disk in memory on an empty directory; null where that is not allowed, as to most but root on Linux. */
export async function mountSmallDisk(directory: string): Promise<SmallDisk | null> {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', directory])
  } catch {
    return null
  }
  const filler = join(directory, 'filler')
  return {
    fill() {
      const file = openSync(filler, 'a')
      for (const bytes of [MIB, MIB.subarray(0, 4096)]) while (writeSome(file, bytes));
      closeSync(file)
    },
    makeRoom: () => rmSync(filler, { force: true }),
    async unmount() {
      await run('umount', ['--lazy', directory])
    },
  }
}

/** False when there is no room for all of it. */
function writeSome(file: number, bytes: Uint8Array): boolean {
  try {
    return writeSync(file, bytes) === bytes.length
  } catch {
    return false
  }
}
