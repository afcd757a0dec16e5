import * as Y from 'yjs'

/** Walks once over everything a document held when it began, whatever Yjs merges or splits meanwhile. */
export class FirstCount {
  readonly #doc: Y.Doc
  readonly #until: ReadonlyMap<number, number>
  readonly #clients: number[]
  readonly #counted = new Map<number, number>()

  constructor(doc: Y.Doc) {
    this.#doc = doc
    this.#until = Y.decodeStateVector(Y.encodeStateVector(doc))
    this.#clients = [...this.#until.keys()]
  }

  /** The next struct, or part of one: at most so many entries. It counts as counted from then on. Null at the end. */
  next(most: number): { readonly struct: Y.Item | Y.GC; readonly from: number; readonly to: number } | null {
    const client = this.#clients.at(-1)
    if (client === undefined) return null
    const until = this.#until.get(client) ?? 0
    const clock = this.#counted.get(client) ?? 0
    const structs = this.#doc.store.clients.get(client) ?? []
    const struct = clock < until ? structs[Y.findIndexSS(structs, clock)] : undefined
    if (struct === undefined) {
      this.#clients.pop()
      return this.next(most)
    }
    const from = clock - struct.id.clock
    // A text is not looked into.
    const end = struct instanceof Y.Item && !(struct.content instanceof Y.ContentString) ? from + most : struct.length
    const to = Math.min(struct.length, until - struct.id.clock, end)
    this.#counted.set(client, struct.id.clock + to)
    return { struct, from, to }
  }

  /** Of one client: what lies below `counted` was walked over, what lies from `until` on was not there at the start. */
  reach(client: number): { readonly counted: number; readonly until: number } {
    return { counted: this.#counted.get(client) ?? 0, until: this.#until.get(client) ?? 0 }
  }
}
