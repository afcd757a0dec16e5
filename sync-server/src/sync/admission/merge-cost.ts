import type * as Y from 'yjs'
import type { ClientRun, Struct } from '../../log/updates/decode-update.ts'
import type { Neighbours } from './judge-place.ts'

/**
 * Counts what Yjs will walk to place the structs of an update. A struct that goes on where its author's last one ended
 * finds its place at once. Any other struct, a branch, walks over what stands between its neighbours: of the document
 * that can be counted; of the update it is at most the branches of other clients in the same root.
 */
export class MergeCost {
  readonly #most: number
  /** Branches so far, by root and client. */
  readonly #branches = new Map<string, { all: number; readonly byClient: Map<number, number> }>()
  /** The first item of the document that is certain to be right of a struct. */
  readonly #ends = new Map<Struct, Y.Item | null>()
  #steps = 0

  /** Stops counting not far beyond `most`. */
  constructor(most: number) {
    this.#most = most
  }

  /** Counts a struct; `list` is the root type it goes into, if the document has that. */
  add(
    struct: Struct,
    { client }: ClientRun,
    root: string,
    { left, right }: Neighbours,
    list: { readonly _start: Y.Item | null } | undefined,
  ): void {
    this.#steps += 1
    const { origin } = struct
    const end = right === null ? null : right.kind === 'held' ? right.item : (this.#ends.get(right.struct) ?? null)
    this.#ends.set(struct, end)
    if (left?.kind === 'new' && origin?.client === client && origin.clock === struct.clock - 1) return
    const ofRoot = this.#branches.get(root) ?? { all: 0, byClient: new Map<number, number>() }
    this.#branches.set(root, ofRoot)
    const own = ofRoot.byClient.get(client) ?? 0
    this.#steps += ofRoot.all - own
    ofRoot.all += 1
    ofRoot.byClient.set(client, own + 1)
    // Nothing in the document was written after an element that is only now added.
    if (left?.kind === 'new') return
    for (let item = left ? left.item.right : (list?._start ?? null); item !== null && item !== end; item = item.right) {
      if (++this.#steps > this.#most) return
    }
  }

  /** Elements walked over, at most. */
  get steps(): number {
    return this.#steps
  }
}
