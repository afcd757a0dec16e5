import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import './companions.ts'

/** vitest's global set-up: ends the programs that files of tests left running for the next ones. */
export function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'questlog-companions-'))
  project.provide('companions', folder)
  return async () => {
    const pids = readdirSync(folder)
    // A directory may be named by a server that ended and by the one that was started again on it.
    const directories = new Set(pids.map((pid) => readFileSync(join(folder, pid), 'utf8')))
    await Promise.all(pids.map((pid) => end(Number(pid))))
    for (const directory of [...directories, folder]) rmSync(directory, { recursive: true, force: true })
  }
}

async function end(pid: number): Promise<void> {
  // A program whose worker ended may have ended with it.
  if (send(pid, 'SIGTERM')) while (send(pid, 0)) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** Sends a signal, or none with 0; false when the program is gone. */
function send(pid: number, signal: 'SIGTERM' | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
