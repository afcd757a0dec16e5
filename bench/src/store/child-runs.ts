import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { runFresh } from '../measure/fresh-process.ts'
import type { Side } from './contenders.ts'

const written = z.object({ bytes: z.number() })
const loaded = z.object({ loadMs: z.number(), heapMb: z.number(), readAllMs: z.number() })
export type Loaded = z.infer<typeof loaded>
const aged = z.object({ bytes: z.number(), clientIds: z.number(), mostIds: z.number(), rebases: z.number() })
const edited = z.object({ editMs: z.array(z.number()) })

/** Writes a document of so many quests and then so many edits to a file; answers its size. */
export async function writeDocument(side: Side, file: string, quests: number, edits: number): Promise<number> {
  const child = new URL('write-child.ts', import.meta.url)
  return (await runFresh(child, written, [side, file, String(quests), String(edits)])).bytes
}

/** Loads a document from a file, in a fresh process. */
export function loadDocument(side: Side, file: string): Promise<Loaded> {
  return runFresh(new URL('load-child.ts', import.meta.url), loaded, [side, file])
}

/** Times single edits of a document loaded from a file, in a fresh process; milliseconds each. */
export async function timeEdits(side: Side, file: string, quests: number): Promise<readonly number[]> {
  const child = new URL('edit-child.ts', import.meta.url)
  return (await runFresh(child, edited, [side, file, String(quests)])).editMs
}

/** Times how single edits of another device are taken in; milliseconds each. */
export async function timeRemoteEdits(side: Side, file: string, quests: number): Promise<readonly number[]> {
  const child = new URL('remote-child.ts', import.meta.url)
  return (await runFresh(child, edited, [side, file, String(quests)])).editMs
}

/** Writes a document of many app starts, as the server lets it age. */
export async function writeAgedDocument(
  file: string,
  quests: number,
  starts: number,
  editsPerStart: number,
): Promise<z.infer<typeof aged>> {
  const numbers = [quests, starts, editsPerStart].map(String)
  return runFresh(new URL('aged-child.ts', import.meta.url), aged, [file, ...numbers])
}

/** Times whole commands on a document loaded from a file, in a fresh process; milliseconds each. */
export async function timeCommands(file: string): Promise<readonly number[]> {
  return (await runFresh(new URL('command-child.ts', import.meta.url), edited, [file])).editMs
}

/** Gives the work a scratch directory that is removed afterwards. */
export async function withScratch(work: (file: (name: string) => string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'questlog-bench-'))
  try {
    await work((name) => join(directory, name))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
