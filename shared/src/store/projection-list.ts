import type { QuestId } from '../domain/kernel/ids.ts'
import {
  comparePositions,
  type ListedQuest,
  type ListKey,
  type ListPosition,
  positionIn,
} from '../domain/quest/lists.ts'

/** A quest that changed, as it is now; undefined where it is gone. */
export interface ListChange {
  readonly id: QuestId
  readonly quest: ListedQuest | undefined
}

interface Move {
  readonly id: QuestId
  readonly to: ListPosition | null
}

/** Up to so many moves are made one by one, each by binary search; more are sorted in at once. */
const FEW_MOVES = 16

/** One list of quests kept in order while quests change. */
export class ProjectionList {
  readonly key: ListKey
  /** The members in order; null where they are to be sorted when next asked for. */
  #ids: QuestId[] | null = null
  readonly #positions = new Map<QuestId, ListPosition>()
  /** What was handed out of `#ids`, copied only when asked for: most lists that change are not on the screen. */
  #snapshot: readonly QuestId[] | null = null

  constructor(key: ListKey) {
    this.key = key
  }

  /** The members in order: an array that never changes, and is replaced when a member comes, goes or moves. */
  get ids(): readonly QuestId[] {
    this.#snapshot ??= this.#inOrder().slice()
    return this.#snapshot
  }

  get size(): number {
    return this.#positions.size
  }

  /** Adds a quest, if the list holds it, while the list is filled. */
  add(id: QuestId, quest: ListedQuest): void {
    const at = positionIn(quest, this.key)
    if (at !== null) this.#positions.set(id, at)
  }

  /** Takes changes in, each quest at most once; whether the list changed. */
  update(changes: readonly ListChange[]): boolean {
    const moves: Move[] = []
    for (const { id, quest } of changes) {
      const to = quest === undefined ? null : positionIn(quest, this.key)
      if (!isSamePosition(this.#positions.get(id) ?? null, to)) moves.push({ id, to })
    }
    if (moves.length === 0) return false
    if (this.#ids !== null)
      this.#ids = moves.length <= FEW_MOVES ? this.#moveEach(this.#ids, moves) : this.#moveAll(this.#ids, moves)
    else for (const move of moves) this.#place(move)
    this.#snapshot = null
    return true
  }

  #place({ id, to }: Move): void {
    if (to === null) this.#positions.delete(id)
    else this.#positions.set(id, to)
  }

  #moveEach(ids: QuestId[], moves: readonly Move[]): QuestId[] {
    for (const move of moves) {
      this.#takeOut(ids, move.id)
      this.#place(move)
      if (move.to !== null) ids.splice(this.#search(ids, move.id, move.to), 0, move.id)
    }
    return ids
  }

  #moveAll(ids: readonly QuestId[], moves: readonly Move[]): QuestId[] {
    const moving = new Set(moves.map(({ id }) => id))
    const staying = ids.filter((id) => !moving.has(id))
    for (const move of moves) this.#place(move)
    const coming = sorted(moves.flatMap(({ id, to }) => (to === null ? [] : [{ id, at: to }])))
    const merged: QuestId[] = []
    let next = 0
    for (const { id, at } of coming) {
      const index = this.#search(staying, id, at)
      for (; next < index; next += 1) merged.push(staying[next] ?? id)
      merged.push(id)
    }
    return merged.concat(staying.slice(next))
  }

  #takeOut(ids: QuestId[], id: QuestId): void {
    const at = this.#positions.get(id)
    if (at === undefined) return
    const index = this.#search(ids, id, at)
    if (ids[index] !== id) throw new Error(`list ${this.key.kind} has lost quest ${id}`)
    ids.splice(index, 1)
  }

  #inOrder(): QuestId[] {
    this.#ids ??= sorted(Array.from(this.#positions, ([id, at]) => ({ id, at }))).map(({ id }) => id)
    return this.#ids
  }

  /** The index of the first member that does not stand before the position. */
  #search(ids: readonly QuestId[], id: QuestId, at: ListPosition): number {
    let low = 0
    let high = ids.length
    while (low < high) {
      const middle = (low + high) >> 1
      const middleId = ids[middle]
      const middleAt = middleId === undefined ? undefined : this.#positions.get(middleId)
      if (middleId === undefined || middleAt === undefined) throw new Error('a member has no position')
      if (comparePositions(middleAt, middleId, at, id) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

interface Placed {
  readonly id: QuestId
  readonly at: ListPosition
}

function sorted(members: Placed[]): Placed[] {
  return members.sort((a, b) => comparePositions(a.at, a.id, b.at, b.id))
}

function isSamePosition(a: ListPosition | null, b: ListPosition | null): boolean {
  if (a === null || b === null) return a === b
  return a.group === b.group && a.rank === b.rank && a.overdueAt === b.overdueAt
}
