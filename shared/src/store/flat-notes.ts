import * as Y from 'yjs'
import { EPOCH_NOTES_CLIENT } from './epoch-clients.ts'
import { itemsOf, noteRoots, shownText } from './note-text.ts'

/** A run of characters of one client that the final state of an epoch shows, and their place in the next epoch. */
interface FlatRun {
  readonly clock: number
  readonly length: number
  /** The clock of the first under `EPOCH_NOTES_CLIENT`. */
  readonly flat: number
}

/** The notes of an epoch's final state as they begin the next one: one run a note, the notes in the order of their names (R32). */
export class FlatNotes {
  /** The notes that show text, with the text. */
  readonly notes: readonly (readonly [root: string, text: string])[]
  readonly #runs = new Map<number, FlatRun[]>()
  readonly #known: ReadonlyMap<number, number>
  readonly #text: string

  constructor(final: Y.Doc) {
    const notes: [root: string, text: string][] = []
    let flat = 0
    for (const root of noteRoots(final)) {
      let text = ''
      for (const item of itemsOf(final, root)) {
        const shown = shownText(item)
        if (shown === '') continue
        this.#add(item.id, { clock: item.id.clock, length: shown.length, flat: flat + text.length })
        text += shown
      }
      if (text !== '') notes.push([root, text])
      flat += text.length
    }
    for (const runs of this.#runs.values()) runs.sort((a, b) => a.clock - b.clock)
    this.notes = notes
    this.#text = notes.map(([, text]) => text).join('')
    this.#known = new Map(Y.decodeStateVector(Y.encodeStateVector(final)))
  }

  /** The clock from which on a client's elements are not in the final state. */
  endOf(client: number): number {
    return this.#known.get(client) ?? 0
  }

  /**
   * The first shown character of a client among those of a range: its clock, its place in the next epoch, and how many
   * follow one another from there. Null where the final state shows none of them.
   */
  shownIn(client: number, from: number, to: number): FlatRun | null {
    const runs = this.#runs.get(client) ?? []
    let [low, high] = [0, runs.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const run = runs[middle]
      if (run !== undefined && run.clock + run.length <= from) low = middle + 1
      else high = middle
    }
    const run = runs[low]
    if (run === undefined || from >= to || run.clock >= to) return null
    const clock = Math.max(run.clock, from)
    return { clock, length: Math.min(run.clock + run.length, to) - clock, flat: run.flat + clock - run.clock }
  }

  /** Writes them into an empty document. */
  writeTo(transaction: Y.Transaction): void {
    const { doc } = transaction
    for (const [root, text] of this.notes) {
      const id = Y.createID(EPOCH_NOTES_CLIENT, Y.getState(doc.store, EPOCH_NOTES_CLIENT))
      const item = new Y.Item(id, null, null, null, null, doc.getText(root), null, new Y.ContentString(text))
      item.integrate(transaction, 0)
    }
  }

  /** Whether a document of the next epoch began with them: what is left of them is where it should be. */
  isStartOf(next: Y.Doc): boolean {
    const structs = next.store.clients.get(EPOCH_NOTES_CLIENT) ?? []
    if (Y.getState(next.store, EPOCH_NOTES_CLIENT) !== this.#text.length) return false
    return structs.every((struct) => {
      if (struct.deleted || !(struct instanceof Y.Item)) return true
      const { clock } = struct.id
      return shownText(struct) === this.#text.slice(clock, clock + struct.length)
    })
  }

  #add({ client }: Y.ID, run: FlatRun): void {
    const runs = this.#runs.get(client)
    if (runs === undefined) this.#runs.set(client, [run])
    else runs.push(run)
  }
}
