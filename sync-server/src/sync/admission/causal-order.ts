import type { ClientRun, ElementId, Struct } from '../../log/updates/decode-update.ts'

/** How many elements of a client are there; the clock of its next one. */
export type StateOf = (client: number) => number

/**
 * Visits the structs of runs in an order in which they can be placed, each after what it names, as Yjs does. Answers
 * whether it visited all of them: nothing is missing and nothing waits for itself. The runs hold no holes and nothing
 * known.
 */
export function visitInCausalOrder(
  runs: readonly ClientRun[],
  stateOf: StateOf,
  visit: (struct: Struct, run: ClientRun, index: number) => void,
): boolean {
  const cursors = new Map<number, Cursor>()
  for (const run of runs) cursors.set(run.client, { run, index: 0, done: stateOf(run.client), isWaiting: false })
  const doneOf = (client: number): number => cursors.get(client)?.done ?? stateOf(client)
  return [...cursors.values()].every((cursor) => advance(cursor, cursors, doneOf, visit))
}

interface Cursor {
  readonly run: ClientRun
  index: number
  done: number
  isWaiting: boolean
}

function advance(
  first: Cursor,
  cursors: ReadonlyMap<number, Cursor>,
  doneOf: StateOf,
  visit: (struct: Struct, run: ClientRun, index: number) => void,
): boolean {
  const stack: { cursor: Cursor; until: number }[] = [{ cursor: first, until: first.run.end }]
  first.isWaiting = true
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { cursor, until } = top
    const struct = cursor.run.structs[cursor.index]
    if (struct === undefined || (cursor.done >= until && stack.length > 1)) {
      if (cursor.done < until && stack.length > 1) return false
      cursor.isWaiting = false
      stack.pop()
      continue
    }
    const needed = missingNeighbour(struct, doneOf)
    if (needed !== null) {
      const next = cursors.get(needed.client)
      if (next === undefined || next.isWaiting) return false
      next.isWaiting = true
      stack.push({ cursor: next, until: needed.clock + 1 })
      continue
    }
    if (struct.clock !== cursor.done) return false
    visit(struct, cursor.run, cursor.index)
    cursor.done = struct.clock + struct.length
    cursor.index++
  }
  return true
}

function missingNeighbour({ origin, rightOrigin }: Struct, doneOf: StateOf): ElementId | null {
  if (origin !== null && origin.clock >= doneOf(origin.client)) return origin
  if (rightOrigin !== null && rightOrigin.clock >= doneOf(rightOrigin.client)) return rightOrigin
  return null
}
