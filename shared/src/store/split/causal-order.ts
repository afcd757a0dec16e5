import * as Y from 'yjs'

/** What an update carries besides holes. */
export type Struct = Y.Item | Y.GC

interface Queue {
  readonly structs: readonly Struct[]
  next: number
}

/**
 * Yields an update's structs so that each follows everything of the update it builds on, and each client's stay in
 * clock order: cut anywhere, no part builds on a later one.
 */
export function* causalOrder(structs: readonly (Struct | Y.Skip)[]): Generator<Struct> {
  const queues = new Map<number, Queue>()
  for (const [client, ofClient] of Map.groupBy(structs.filter(isContent), ({ id }) => id.client)) {
    queues.set(client, { structs: ofClient, next: 0 })
  }
  for (const queue of queues.values()) yield* drain(queue, queues)
}

function isContent(struct: Struct | Y.Skip): struct is Struct {
  return !(struct instanceof Y.Skip)
}

function* drain(first: Queue, queues: ReadonlyMap<number, Queue>): Generator<Struct> {
  const stack: { readonly queue: Queue; readonly until: number }[] = [{ queue: first, until: Number.POSITIVE_INFINITY }]
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { queue, until } = top
    const struct = queue.structs[queue.next]
    if (struct === undefined || struct.id.clock > until) {
      stack.pop()
      continue
    }
    const needed = neighbours(struct).find((id) => isAhead(id, queues))
    const next = needed === undefined ? undefined : queues.get(needed.client)
    if (needed !== undefined && next !== undefined && !stack.some((waiting) => waiting.queue === next)) {
      stack.push({ queue: next, until: needed.clock })
      continue
    }
    queue.next += 1
    yield struct
  }
}

function neighbours(struct: Struct): Y.ID[] {
  if (!(struct instanceof Y.Item)) return []
  return [struct.origin, struct.rightOrigin, struct.parent].filter((id): id is Y.ID => id instanceof Y.ID)
}

// What the update does not carry is with the receiver already.
function isAhead({ client, clock }: Y.ID, queues: ReadonlyMap<number, Queue>): boolean {
  const queue = queues.get(client)
  const struct = queue?.structs[queue.next]
  return struct !== undefined && clock >= struct.id.clock
}
