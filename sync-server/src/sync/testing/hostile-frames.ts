import * as Y from 'yjs'
import { type RawDeletion, type RawRun, type RawStruct, rawParts, rawUpdate } from './hostile-updates.ts'

/** What a hostile writer knows of a document: every client's clock, and some updates that honest devices sent. */
export interface HostileView {
  readonly doc: Y.Doc
  readonly samples: readonly Uint8Array[]
  readonly random: () => number
}

const ROOTS = ['note:a', 'note:b', 'quests', 'projects', 'note:', 'Quests']
let nextStamp = 1

/**
 * A well-formed frame with hostile parts: structs known in part, neighbours exchanged, far apart, in other roots or
 * collected, holes, runs of collected elements, deletions of anything, honest frames with some of that changed.
 */
export function hostileFrame(view: HostileView): Uint8Array {
  const { random } = view
  const base = random() < 0.6 ? pick(view.samples, random) : undefined
  const parts = base === undefined ? { runs: [], deletions: [] } : readParts(base)
  const runs = parts.runs.map((run) => mutateRun(run, view))
  const fresh = random() < 0.6 ? [freshRun(view)] : []
  const clients = new Set<number>()
  const distinct = [...fresh, ...runs].filter(({ client }) => !clients.has(client) && clients.add(client))
  return rawUpdate(distinct, random() < 0.5 ? parts.deletions : sorted([...parts.deletions, ...someDeletions(view)]))
}

function readParts(update: Uint8Array): { runs: RawRun[]; deletions: RawDeletion[] } {
  try {
    return rawParts(update)
  } catch {
    return { runs: [], deletions: [] }
  }
}

function mutateRun(run: RawRun, view: HostileView): RawRun {
  const { random } = view
  const kind = int(random, 8)
  if (kind === 0) return { ...run, clock: Math.max(0, run.clock - int(random, 4)) }
  if (kind === 1) return { ...run, clock: run.clock + int(random, 3) }
  if (kind === 2) return { ...run, client: anyClient(view) }
  if (kind > 5) return run
  const at = int(random, run.structs.length)
  const structs = run.structs.map((struct, index) => (index === at ? mutateStruct(struct, view) : struct))
  if (kind === 3)
    structs.splice(at, 0, {
      content: { kind: pick(['collected', 'skip', 'deleted'], random), length: 1 + int(random, 3) },
    })
  return { ...run, structs }
}

function mutateStruct(struct: RawStruct, view: HostileView): RawStruct {
  const { random } = view
  const kind = int(random, 6)
  if (kind === 0) return { ...struct, origin: struct.rightOrigin, rightOrigin: struct.origin }
  if (kind === 1) return { ...struct, origin: anyId(view) }
  if (kind === 2) return { ...struct, rightOrigin: anyId(view) }
  if (kind === 3) return { ...struct, content: anyContent(view) }
  if (kind === 4) return { ...struct, origin: undefined }
  return { ...struct, rightOrigin: undefined }
}

function freshRun(view: HostileView): RawRun {
  const { random, doc } = view
  const client = anyClient(view)
  const known = Y.getState(doc.store, client)
  const clock = Math.max(0, known - (random() < 0.4 ? int(random, 4) : 0) + (random() < 0.1 ? 1 : 0))
  let at = clock
  const structs = Array.from({ length: 1 + int(random, 4) }, (): RawStruct => {
    const content = anyContent(view)
    const isNext = random() < 0.4 && at > 0
    const struct = {
      content,
      origin: isNext ? ([client, at - 1] as const) : random() < 0.7 ? anyId(view) : undefined,
      rightOrigin: random() < 0.5 ? anyId(view) : undefined,
      root: pick(ROOTS, random),
    }
    at += 'length' in content ? content.length : content.kind === 'text' ? content.text.length : content.values.length
    return struct
  })
  return { client, clock, structs }
}

function anyContent({ random }: HostileView): RawStruct['content'] {
  const kind = int(random, 8)
  const length = 1 + int(random, 4)
  if (kind === 0) return { kind: 'collected', length }
  if (kind === 1) return { kind: 'deleted', length }
  if (kind === 2) return { kind: 'skip', length }
  if (kind < 6) return { kind: 'text', text: [...'ab😀c'].slice(0, length).join('') }
  nextStamp += 1
  return { kind: 'entries', values: Array.from({ length }, (_, n) => [`q${n}`, nextStamp * 1024, { title: `t${n}` }]) }
}

function someDeletions(view: HostileView): RawDeletion[] {
  return Array.from({ length: int(view.random, 3) }, () => {
    const [client, clock] = anyId(view)
    return [client, clock, 1 + int(view.random, 5)] as const
  })
}

// Of each client in order and apart, as a decoder asks.
function sorted(deletions: readonly RawDeletion[]): RawDeletion[] {
  const ends = new Map<number, number>()
  return [...deletions]
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .filter(([client, clock, length]) => {
      if (clock < (ends.get(client) ?? 0)) return false
      ends.set(client, clock + length)
      return true
    })
}

function anyClient({ doc, random }: HostileView): number {
  const clients = [...doc.store.clients.keys()]
  return clients.length === 0 || random() < 0.3
    ? 1 + int(random, 2 ** (random() < 0.8 ? 31 : 33))
    : pick(clients, random)
}

function anyId(view: HostileView): readonly [client: number, clock: number] {
  const { doc, random } = view
  const client = anyClient(view)
  const known = Y.getState(doc.store, client)
  return [client, int(random, known + (random() < 0.1 ? 2 : 0) || 1)]
}

function int(random: () => number, below: number): number {
  return Math.floor(random() * below)
}

function pick<Value>(values: readonly Value[], random: () => number): Value {
  return values[int(random, values.length)] as Value
}
