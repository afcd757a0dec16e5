import * as Y from 'yjs'

export const NOTE_PREFIX = 'note:'

/**
 * Added to a client id to name its characters in documents they were merged into. Yjs draws client ids
 * below it. A client's note characters are numbered 0, 1, 2 … in the order it wrote them, whatever else it
 * wrote between: the same character has the same number in every document.
 */
export const MERGED_CLIENT = 2 ** 32

/** A writer's other id for characters: for their own id the carried one, for the carried one their own. */
export function twinOf(client: number): number {
  return client < MERGED_CLIENT ? client + MERGED_CLIENT : client - MERGED_CLIENT
}

/** A run of note characters of one client, as they lie in one document. */
export interface NoteRun {
  readonly root: string
  readonly item: Y.Item
  /** The number of the run's first character among its client's. */
  readonly index: number
}

/** The note characters of a document, deleted ones included, by the client who wrote them. */
export class NoteStreams {
  /** Runs under the id of the client who wrote them there, in order of clock. */
  readonly #native = new Map<number, NoteRun[]>()
  /** Runs that were merged in from other documents. */
  readonly #merged = new Map<number, NoteRun[]>()

  constructor(doc: Y.Doc) {
    for (const [root, type] of doc.share) {
      if (!root.startsWith(NOTE_PREFIX)) continue
      for (let item = type._start; item !== null; item = item.right) this.#collect(root, item)
    }
    for (const runs of this.#merged.values()) runs.sort((a, b) => a.item.id.clock - b.item.id.clock)
    for (const [client, runs] of this.#native) this.#native.set(client, numbered(runs))
  }

  /** The clients who wrote these notes. */
  writers(): ReadonlySet<number> {
    return new Set([...this.#native.keys(), ...this.#merged.keys()])
  }

  /** All runs of a writer, by number. */
  runs(writer: number): readonly NoteRun[] {
    const runs = [...(this.#native.get(writer) ?? []), ...(this.#merged.get(writer) ?? [])]
    return runs.sort((a, b) => a.index - b.index)
  }

  /** How many characters of a writer lie here under the writer's own client id. */
  nativeCount(writer: number): number {
    const last = this.#native.get(writer)?.at(-1)
    return last === undefined ? 0 : last.index + last.item.length
  }

  /** Who wrote the character with a Yjs id, and its number; null where it is in no note. */
  numberOf(id: Y.ID): { readonly writer: number; readonly index: number } | null {
    const writer = id.client % MERGED_CLIENT
    if (id.client >= MERGED_CLIENT) return { writer, index: id.clock }
    const run = find(this.#native.get(writer) ?? [], (candidate) => candidate.item.id.clock, id.clock)
    return run === null ? null : { writer, index: run.index + id.clock - run.item.id.clock }
  }

  /** The Yjs id under which a character lies here, or would once merged in. */
  idOf(writer: number, index: number): Y.ID {
    const merged = find(this.#merged.get(writer) ?? [], (run) => run.index, index)
    const run = merged ?? find(this.#native.get(writer) ?? [], (candidate) => candidate.index, index)
    if (run === null) return Y.createID(writer + MERGED_CLIENT, index)
    return Y.createID(run.item.id.client, run.item.id.clock + index - run.index)
  }

  #collect(root: string, item: Y.Item): void {
    const { client, clock } = item.id
    const runs = client < MERGED_CLIENT ? this.#native : this.#merged
    const writer = client % MERGED_CLIENT
    const known = runs.get(writer)
    const run = { root, item, index: clock }
    if (known === undefined) runs.set(writer, [run])
    else known.push(run)
  }
}

function numbered(runs: readonly NoteRun[]): NoteRun[] {
  let index = 0
  return [...runs]
    .sort((a, b) => a.item.id.clock - b.item.id.clock)
    .map((run) => {
      const placed = { ...run, index }
      index += run.item.length
      return placed
    })
}

/** The run that holds a position, by binary search over runs ordered by it. */
function find(runs: readonly NoteRun[], positionOf: (run: NoteRun) => number, position: number): NoteRun | null {
  let low = 0
  let high = runs.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const run = runs[middle]
    if (run === undefined) return null
    const start = positionOf(run)
    if (position < start) high = middle - 1
    else if (position >= start + run.item.length) low = middle + 1
    else return run
  }
  return null
}
