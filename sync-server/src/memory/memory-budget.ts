/** Something in memory that somebody pays for. */
export interface Holding {
  /** Bytes of heap, as estimated. */
  readonly bytes: number
  /** Counts more; what is too much then is given up soon, whosever it is by the rules of `reserve`. */
  grow(bytes: number): void
  /** Counts more for something that is being loaded; false, with nothing counted, where there is no room. */
  extend(bytes: number): boolean
  /** Says how this can be given up from now on; before, it cannot. */
  offer(offer: Offer): void
  release(): void
}

/** How something in memory is given up. */
export interface Offer {
  /** `idle` harms nobody, `busy` ends what somebody does; `fixed` cannot be given up at this moment. */
  readonly use: () => 'idle' | 'busy' | 'fixed'
  /** Lets it go at once; it is released by that. */
  readonly giveUp: () => void
}

/** The memory of this process for documents, shared by those who pay for them. */
export interface MemoryBudget {
  /**
   * Counts bytes for a payer before they are used, or answers null where there is no room. Room is made of what is
   * idle, first of those who hold most; then, for somebody within an equal share, of what the one who holds most beyond
   * such a share has in use. A single document may be larger than the budget: it is let in alone.
   */
  reserve(payer: string, bytes: number): Holding | null
  readonly usedBytes: number
}

interface Held {
  readonly payer: string
  bytes: number
  offer: Offer | null
}

/** A budget of so many bytes. Nothing is given up before it is needed: a share counts only while others want theirs. */
export function createMemoryBudget({ totalBytes }: { readonly totalBytes: number }): MemoryBudget {
  /** In the order in which they were reserved. */
  const holdings = new Set<Held>()
  const perPayer = new Map<string, number>()
  let usedBytes = 0
  let isRelieving = false

  const count = (held: Held, bytes: number): void => {
    held.bytes += bytes
    usedBytes += bytes
    const paid = (perPayer.get(held.payer) ?? 0) + bytes
    if (paid > 0) perPayer.set(held.payer, paid)
    else perPayer.delete(held.payer)
  }

  const release = (held: Held): void => {
    if (!holdings.delete(held)) return
    count(held, -held.bytes)
  }

  const giveUp = (held: Held): void => {
    held.offer?.giveUp()
    release(held)
  }

  const heldBy = (payer: string): number => perPayer.get(payer) ?? 0

  /** What harms least of what can be given up, of the one who holds most; of theirs the longest held, or the largest. */
  const next = (use: 'idle' | 'busy', isAsked: (held: Held) => boolean): Held | null => {
    let best: Held | null = null
    for (const held of holdings) {
      if (held.offer?.use() !== use || !isAsked(held)) continue
      const lead = best === null ? 1 : heldBy(held.payer) - heldBy(best.payer)
      if (lead > 0 || (lead === 0 && use === 'busy' && held.bytes > (best?.bytes ?? 0))) best = held
    }
    return best
  }

  const shareOf = (payer: string): number => totalBytes / (perPayer.size + (perPayer.has(payer) ? 0 : 1))

  /** Gives things up until so many bytes more fit beside `own`; whether they do. */
  const makeRoom = (payer: string, bytes: number, own: Held | null): boolean => {
    const fits = (): boolean => usedBytes + bytes <= totalBytes || usedBytes === (own?.bytes ?? 0)
    while (!fits()) {
      const wanted = heldBy(payer) + bytes
      const share = shareOf(payer)
      const isAbove = ({ payer: other, bytes: size }: Held): boolean =>
        other !== payer && heldBy(other) > share && (wanted <= share || wanted <= heldBy(other) - size)
      const victim = next('idle', (held) => held !== own) ?? next('busy', isAbove)
      if (victim === null) return false
      giveUp(victim)
    }
    return true
  }

  /** Brings what has grown back within the budget. */
  const relieve = (): void => {
    isRelieving = false
    while (usedBytes > totalBytes && holdings.size > 1) {
      const victim = next('idle', () => true) ?? next('busy', ({ payer }) => heldBy(payer) > shareOf(payer))
      if (victim === null) return
      giveUp(victim)
    }
  }

  const relieveSoon = (): void => {
    if (usedBytes <= totalBytes || isRelieving) return
    isRelieving = true
    setImmediate(relieve)
  }

  return {
    reserve(payer, bytes) {
      if (!makeRoom(payer, bytes, null)) return null
      const held: Held = { payer, bytes: 0, offer: null }
      holdings.add(held)
      count(held, bytes)
      return {
        get bytes() {
          return held.bytes
        },
        grow(more) {
          if (!holdings.has(held)) return
          count(held, more)
          relieveSoon()
        },
        extend(more) {
          if (!holdings.has(held) || (more > 0 && !makeRoom(payer, more, held))) return false
          count(held, more)
          return true
        },
        offer(offer) {
          held.offer = offer
          relieveSoon()
        },
        release: () => release(held),
      }
    },
    get usedBytes() {
      return usedBytes
    },
  }
}
