import type * as Y from 'yjs'
import { isAnything, isArrayOf, isNumber, isShape, isString } from '../../domain/kernel/value-shape.ts'
import { findUnreadable, type IsSent, removeUnreadable } from '../../store/unreadable.ts'
import type { LocalStore } from '../ports/local-store.ts'

/** The fact beside the document that holds what was set aside. */
const SET_ASIDE_FACT = 'set-aside'

/** An entry that could not be read nor sent: out of the log, kept on this device for a person to look at. */
export interface SetAsideEntry {
  /** The table it was in. */
  readonly root: string
  readonly client: number
  readonly clock: number
  readonly value?: unknown
  /** Milliseconds since the epoch. */
  readonly setAsideAt: number
}

const isEntries = isArrayOf(
  isShape({ root: isString, client: isNumber, clock: isNumber, value: isAnything, setAsideAt: isNumber }),
)

/** What was set aside of one document on this device. */
export interface SetAside {
  entries(): readonly SetAsideEntry[]
  /** How many entries cannot be read and were never sent: the server takes nothing before they are gone. */
  countUnreadable(): number
  /** Keeps them on disk and then removes them from the document; how many. Rejects, with nothing removed, when the disk fails. */
  setAsideUnreadable(): Promise<number>
  /** Takes over what was set aside of a log that is merged in. */
  add(entries: readonly SetAsideEntry[]): Promise<void>
}

export interface SetAsideDeps {
  readonly doc: Y.Doc
  readonly store: LocalStore
  readonly now: () => number
  readonly isSent: IsSent
}

/** Starts from what the disk holds. */
export async function createSetAside({ doc, store, now, isSent }: SetAsideDeps): Promise<SetAside> {
  const read = async (): Promise<readonly SetAsideEntry[]> => {
    const stored = await store.getMeta(SET_ASIDE_FACT)
    return isEntries(stored) ? stored : []
  }
  let entries: readonly SetAsideEntry[] = await read()

  const add = async (more: readonly SetAsideEntry[]) => {
    if (more.length === 0) return
    // Another tab may have set something aside since.
    const byKey = new Map([...entries, ...(await read()), ...more].map((entry) => [keyOf(entry), entry]))
    const isMore = byKey.size > entries.length
    entries = [...byKey.values()]
    if (isMore) await store.setMeta(SET_ASIDE_FACT, entries)
  }

  return {
    entries: () => entries,
    countUnreadable: () => findUnreadable(doc, isSent).length,
    async setAsideUnreadable() {
      const found = findUnreadable(doc, isSent)
      const setAsideAt = now()
      await add(found.map((element) => ({ ...element, setAsideAt })))
      removeUnreadable(doc, found)
      return found.length
    },
    add,
  }
}

function keyOf({ root, client, clock }: SetAsideEntry): string {
  return `${root} ${client} ${clock}`
}
