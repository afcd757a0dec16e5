import type { Holding } from '../../memory/memory-budget.ts'

/** What is kept of a workspace. */
export interface Resident {
  destroy(): void
}

/** What a replica takes beside the heap of its document, for its records and indexes: measured from 1.0 to 1.6 times. */
export const REPLICA_SHARE = 1.4

/** There is no memory for a replica at this moment; answered as 503, so that the client asks again. */
export class NoMemory extends Error {
  readonly statusCode = 503

  constructor() {
    super('no memory for another document')
  }
}

/** The place of one workspace. Whoever holds it is alone with it. */
export interface Slot<Kept extends Resident> {
  readonly workspaceId: string
  /** Null until somebody loads it. It is left here for the next one, who may trust it. */
  resident: Kept | null
  /** The memory of what is loaded or being loaded here; set before the load. */
  holding: Holding | null
}

/** The replicas of this process, within a budget of memory. */
export interface Replicas<Kept extends Resident> {
  /**
   * Lends the slots of workspaces to one caller after the other. Where the work fails, the replicas it had are dropped:
   * they may hold what was never committed.
   */
  use<Answer>(workspaceIds: readonly string[], work: (slots: readonly Slot<Kept>[]) => Promise<Answer>): Promise<Answer>
  /** Waits for what is under way and drops everything. */
  close(): Promise<void>
  readonly heapBytes: number
}

interface ReplicasDeps {
  /** Bytes of heap of those that are kept while nobody uses them. */
  readonly replicaBytes: number
}

interface Entry<Kept extends Resident> {
  readonly slot: Slot<Kept>
  /** Resolves when everybody who has asked so far is done. */
  free: Promise<void>
  users: number
}

/** Keeps the replicas used last whose memory together is within the limit, and those in use. */
export function createReplicas<Kept extends Resident>({ replicaBytes }: ReplicasDeps): Replicas<Kept> {
  /** In the order of their last use. */
  const entries = new Map<string, Entry<Kept>>()

  const sum = (): number => {
    let total = 0
    for (const { slot } of entries.values()) total += slot.holding?.bytes ?? 0
    return total
  }

  const shrink = (): void => {
    let total = sum()
    for (const [id, { slot, users }] of entries) {
      if (users > 0 || (slot.resident !== null && total <= replicaBytes)) continue
      total -= slot.holding?.bytes ?? 0
      drop(slot)
      entries.delete(id)
    }
  }

  const offer = (slot: Slot<Kept>): void => {
    slot.holding?.offer({
      use: () => ((entries.get(slot.workspaceId)?.users ?? 0) > 0 ? 'fixed' : 'idle'),
      giveUp: () => {
        drop(slot)
        entries.delete(slot.workspaceId)
      },
    })
  }

  const enter = async (id: string): Promise<{ readonly slot: Slot<Kept>; leave(): void }> => {
    const entry: Entry<Kept> = entries.get(id) ?? {
      slot: { workspaceId: id, resident: null, holding: null },
      free: Promise.resolve(),
      users: 0,
    }
    entries.delete(id)
    entries.set(id, entry)
    const before = entry.free
    let release: () => void = () => undefined
    entry.free = new Promise((resolve) => {
      release = resolve
    })
    entry.users += 1
    await before
    return {
      slot: entry.slot,
      leave() {
        entry.users -= 1
        release()
      },
    }
  }

  return {
    async use(workspaceIds, work) {
      const entered: Awaited<ReturnType<typeof enter>>[] = []
      try {
        // In one order everywhere, or two who want the same two would wait for each other.
        for (const id of [...new Set(workspaceIds)].sort()) entered.push(await enter(id))
        const slots = entered.map(({ slot }) => slot)
        try {
          return await work(slots)
        } catch (error) {
          for (const slot of slots) drop(slot)
          throw error
        }
      } finally {
        for (const { slot } of entered) offer(slot)
        for (const { leave } of entered) leave()
        shrink()
      }
    },
    async close() {
      await Promise.all(Array.from(entries.values(), (entry) => entry.free))
      for (const { slot } of entries.values()) drop(slot)
      entries.clear()
    },
    get heapBytes() {
      return sum()
    },
  }
}

/** Empties a slot; the next one loads from the log. */
export function drop(slot: Slot<Resident>): void {
  slot.resident?.destroy()
  slot.resident = null
  slot.holding?.release()
  slot.holding = null
}
