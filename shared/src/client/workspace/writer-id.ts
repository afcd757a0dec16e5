import * as Y from 'yjs'
import { newId } from '../../domain/kernel/ids.ts'
import { type Guarded, isArrayOf, isCount, isPairOf, isShape, isString } from '../../domain/kernel/value-shape.ts'
import { MERGED_CLIENT } from '../../store/note-stream.ts'
import { readJson } from '../ports/key-value.ts'
import type { LocalStore } from '../ports/local-store.ts'
import type { OnPageLeaving } from '../ports/page-leaving.ts'

/** Ids left for a document at most: of those that nobody takes up there would be ever more. */
const MOST_RESTING = 16

/** The fact that counts how often each id was taken up. A document that was removed and is back has another era. */
const WRITERS_FACT = 'writers'
const isWriters = isShape({ era: isString, taken: isArrayOf(isPairOf(isCount)) })
type Writers = Guarded<typeof isWriters>

/** What is left under a client id: how often it was taken up before, and the clock above all that was written with it. */
const isRest = isShape({ era: isString, times: isCount, clock: isCount })
type Rest = Guarded<typeof isRest> & { readonly client: number }

export interface WriterIdDeps {
  /** Loaded. */
  readonly doc: Y.Doc
  readonly store: Pick<LocalStore, 'changeMeta' | 'atOnce' | 'catchUp'>
  readonly onPageLeaving: OnPageLeaving
  /** Whether the server has said in this run that it holds an element. */
  readonly isHeld: (client: number, clock: number) => boolean
  readonly onStoreFailure: (cause: unknown) => void
}

/** With which client id a document is written in this run. */
export interface WriterId {
  /**
   * Takes up an id of an earlier run. Call whenever the document holds the same as the server: the handshake is done,
   * everything here is there and everything there is here.
   */
  onAccord(): Promise<void>
  /** Leaves the id for a later run. */
  end(): Promise<void>
}

/**
 * Keeps a document's client ids few (R35). A run begins with a fresh id. It takes up one that an earlier run left, where
 * nothing was written yet in this one and the document holds exactly what was ever written with that id, as the server
 * confirms. Ids are left at once, and counted on disk as they are taken: what was left is taken by one run, once, even
 * if several find it, or find it again after a crash.
 */
export function createWriterId({ doc, store, ...deps }: WriterIdDeps): WriterId {
  let era: string | null = null
  let times = 0
  let isOver = false
  let isTaking = false
  drawFresh(doc)

  const clockOf = (client: number) => Y.getState(doc.store, client)
  const rest = ({ client, ...left }: Rest) => {
    for (const key of store.atOnce.keys().slice(MOST_RESTING - 1)) store.atOnce.remove(key)
    return store.atOnce.write(`${client}`, JSON.stringify(left))
  }
  const resting = () =>
    store.atOnce.keys().flatMap((key): Rest[] => {
      const left = readJson(store.atOnce, key)
      return isRest(left) ? [{ client: Number(key), ...left }] : []
    })

  const begun = store
    .changeMeta(WRITERS_FACT, (value) => {
      const writers: Writers = isWriters(value) ? value : { era: newId(), taken: [] }
      era = writers.era
      return writers === value ? undefined : writers
    })
    .catch((cause: unknown) => {
      era = null
      if (!isOver) deps.onStoreFailure(cause)
    })

  /** From here on this run writes with another id. */
  const leave = () => {
    const client = doc.clientID
    const clock = clockOf(client)
    if (era === null || clock === 0 || !rest({ client, era, times, clock })) return
    times = 0
    drawFresh(doc)
  }
  const stopListening = deps.onPageLeaving(leave)

  const isReady = () => !isOver && era !== null && clockOf(doc.clientID) === 0
  const isSound = ({ client, clock }: Rest) => clockOf(client) === clock && deps.isHeld(client, clock - 1)

  const take = async () => {
    const left = resting()
    if (left.length === 0) return
    await store.catchUp?.()
    const sound = left.filter(isSound)
    if (!isReady() || sound.length === 0) return
    let found: Rest | undefined
    await store.changeMeta(WRITERS_FACT, (value) => {
      if (!isWriters(value)) return
      const taken = new Map(value.taken)
      found = sound.find((each) => each.era === value.era && each.times === (taken.get(each.client) ?? 0))
      if (found === undefined) return
      taken.set(found.client, found.times + 1)
      return { ...value, taken: [...taken] }
    })
    if (found === undefined) return
    store.atOnce.remove(`${found.client}`)
    if (isReady() && isSound(found)) {
      times = found.times + 1
      doc.clientID = found.client
    } else rest({ ...found, times: found.times + 1 })
  }

  return {
    async onAccord() {
      if (isTaking) return
      isTaking = true
      try {
        await begun
        if (isReady()) await take()
      } catch (cause) {
        if (!isOver) deps.onStoreFailure(cause)
      } finally {
        isTaking = false
      }
    },
    async end() {
      isOver = true
      stopListening()
      await begun
      leave()
    },
  }
}

/** A random id that the document knows neither as a writer's nor as a carried one (R13). */
function drawFresh(doc: Y.Doc): void {
  do doc.clientID = new Y.Doc().clientID
  while (Y.getState(doc.store, doc.clientID) > 0 || Y.getState(doc.store, doc.clientID + MERGED_CLIENT) > 0)
}
