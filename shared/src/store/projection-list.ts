import type { QuestId } from '../domain/ids.ts'
import { comparePositions, type ListKey, type ListPosition, positionIn } from '../domain/lists.ts'
import type { Quest } from '../domain/quest.ts'

/** A quest as it was and as it is; undefined where it was not there, or no longer is. */
export interface QuestChange {
  readonly id: QuestId
  readonly before: Quest | undefined
  readonly after: Quest | undefined
}

interface Move {
  readonly id: QuestId
  readonly from: ListPosition | null
  readonly to: ListPosition | null
}

/** Up to so many moves are made one by one, each by binary search; more are merged in at once. */
const FEW_MOVES = 16

/** One list of quests kept in order while quests change. */
export class ProjectionList {
  readonly key: ListKey
  #ids: QuestId[] = []
  #positions: ListPosition[] = []
  /** What was handed out of `#ids`, copied only when asked for: most lists that change are not on the screen. */
  #snapshot: readonly QuestId[] | null = null

  constructor(key: ListKey) {
    this.key = key
  }

  /** The members in order: an array that never changes, and is replaced when a member comes, goes or moves. */
  get ids(): readonly QuestId[] {
    this.#snapshot ??= this.#ids.slice()
    return this.#snapshot
  }

  /** Takes changes in, each quest at most once, every `before` being what the list was last told; whether it changed. */
  update(changes: readonly QuestChange[]): boolean {
    const moves: Move[] = []
    for (const { id, before, after } of changes) {
      const from = before === undefined ? null : positionIn(before, this.key)
      const to = after === undefined ? null : positionIn(after, this.key)
      if (!isSamePosition(from, to)) moves.push({ id, from, to })
    }
    if (moves.length === 0) return false
    if (moves.length <= FEW_MOVES) this.#moveEach(moves)
    else this.#mergeAll(moves)
    this.#snapshot = null
    return true
  }

  #moveEach(moves: readonly Move[]): void {
    const ids = this.#ids
    for (const { id, from, to } of moves) {
      if (from !== null) {
        const index = this.#search(from, id)
        if (ids[index] !== id) throw new Error(`list ${this.key.kind} has lost quest ${id}`)
        ids.splice(index, 1)
        this.#positions.splice(index, 1)
      }
      if (to !== null) {
        const index = this.#search(to, id)
        ids.splice(index, 0, id)
        this.#positions.splice(index, 0, to)
      }
    }
  }

  #mergeAll(moves: readonly Move[]): void {
    const leaving = new Set<QuestId>()
    const entries: { readonly id: QuestId; readonly at: ListPosition }[] = []
    for (const { id, from, to } of moves) {
      if (from !== null) leaving.add(id)
      if (to !== null) entries.push({ id, at: to })
    }
    entries.sort((a, b) => comparePositions(a.at, a.id, b.at, b.id))
    const staying = this.#ids
    const stayingAt = this.#positions
    const ids: QuestId[] = []
    const positions: ListPosition[] = []
    let next = 0
    for (let index = 0; index <= staying.length; index++) {
      const id = staying[index]
      const at = stayingAt[index]
      if (id !== undefined && leaving.has(id)) continue
      for (let entry = entries[next]; entry !== undefined; entry = entries[++next]) {
        if (id !== undefined && at !== undefined && comparePositions(at, id, entry.at, entry.id) < 0) break
        ids.push(entry.id)
        positions.push(entry.at)
      }
      if (id === undefined || at === undefined) break
      ids.push(id)
      positions.push(at)
    }
    this.#ids = ids
    this.#positions = positions
  }

  /** The index of the first member that does not stand before the position. */
  #search(at: ListPosition, id: QuestId): number {
    let low = 0
    let high = this.#ids.length
    while (low < high) {
      const middle = (low + high) >> 1
      const middleId = this.#ids[middle]
      const middleAt = this.#positions[middle]
      if (middleId === undefined || middleAt === undefined) throw new Error('list and its positions differ in length')
      if (comparePositions(middleAt, middleId, at, id) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

function isSamePosition(a: ListPosition | null, b: ListPosition | null): boolean {
  if (a === null || b === null) return a === b
  return a.group === b.group && a.rank === b.rank
}
