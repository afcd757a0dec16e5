import { statfsSync } from 'node:fs'

const MEMORY_DISK = '/dev/shm'
const ROOM_BYTES = 4 * 1024 ** 3

/**
 * Puts the temporary files of this process and of those it starts on the machine's disk in memory, where it has one with
 * room. Tests make and remove files by the hundred thousand, and ext4 passes over every inode that went lately to find
 * one for a new file: copying a database took it 0.3 s of processor time, and takes 0.03 s in memory.
 * A `TMPDIR` that is set already stays.
 */
export function keepFilesInMemory() {
  if (process.env.TMPDIR === undefined && hasRoom()) process.env.TMPDIR = MEMORY_DISK
}

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY_DISK)
    return bavail * bsize >= ROOM_BYTES
  } catch {
    return false
  }
}
