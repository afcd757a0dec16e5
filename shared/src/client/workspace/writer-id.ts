import * as Y from 'yjs'
import { isArrayOf, isCount, isPairOf } from '../../domain/kernel/value-shape.ts'
import { MERGED_CLIENT } from '../../store/note-stream.ts'
import type { LocalStore } from '../ports/local-store.ts'
import type { WriterSlot, WriterSlots } from '../ports/writer-slots.ts'

/** Ids kept in one slot at most, so that the list of a device that never takes any up again does not grow for ever. */
const MOST_RESTING = 16

/** A client id that nobody writes with, and the clock at which it was left: all that was written with it is below. */
type RestingId = readonly [client: number, clock: number]

const isRestingIds = isArrayOf(isPairOf(isCount))

export interface WriterIdDeps {
  /** Loaded. */
  readonly doc: Y.Doc
  readonly documentName: string
  readonly store: Pick<LocalStore, 'getMeta' | 'setMeta' | 'catchUp'>
  readonly slots: WriterSlots
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
  /** Leaves the id for a later run, and gives the slot back. */
  end(): Promise<void>
}

/**
 * Keeps a document's client ids few (R35). A run begins with a fresh id. It takes up one that an earlier run left, where
 * nothing was written yet in this one and the document holds exactly what was ever written with that id, as the server
 * confirms. An id is taken off the list before it is written with: a run that crashes leaves none.
 */
export function createWriterId(deps: WriterIdDeps): WriterId {
  const { doc, store } = deps
  let slot: WriterSlot | null = null
  let resting: readonly RestingId[] = []
  let isOver = false
  let isTaking = false
  drawFresh(doc)

  const clockOf = (client: number) => Y.getState(doc.store, client)
  const keep = async (next: readonly RestingId[]) => {
    resting = next.slice(-MOST_RESTING)
    if (slot !== null) await store.setMeta(factOf(slot), resting)
  }
  const begin = async () => {
    const taken = await deps.slots.take(deps.documentName)
    if (isOver || taken === null) return taken?.release()
    slot = taken
    slot.onLeave(() => void leave().catch(deps.onStoreFailure))
    const stored = await store.getMeta(factOf(slot))
    resting = isRestingIds(stored) ? [...stored, ...resting] : resting
  }
  const begun = begin().catch((cause: unknown) => {
    slot = null
    if (!isOver) deps.onStoreFailure(cause)
  })

  /** From here on this run writes with another id. */
  const leave = async () => {
    const client = doc.clientID
    const clock = clockOf(client)
    if (slot === null || clock === 0) return
    drawFresh(doc)
    await keep([...resting, [client, clock]])
  }

  const isReady = () => !isOver && slot !== null && clockOf(doc.clientID) === 0

  const take = async () => {
    await store.catchUp?.()
    // A run that did not know the list wrote what the document holds beyond it: the disk was put back.
    const sound = resting.filter(([client, clock]) => clockOf(client) === clock)
    const found = sound.findLast(([client, clock]) => deps.isHeld(client, clock - 1))
    if (!isReady() || found === undefined) return
    await keep(sound.filter((each) => each !== found))
    const [client, clock] = found
    if (isReady() && clockOf(client) === clock) doc.clientID = client
    else if (!isOver) await keep([...resting, found])
  }

  return {
    async onAccord() {
      if (isTaking) return
      isTaking = true
      try {
        await begun
        if (isReady() && resting.length > 0) await take()
      } catch (cause) {
        if (!isOver) deps.onStoreFailure(cause)
      } finally {
        isTaking = false
      }
    },
    async end() {
      isOver = true
      await begun
      // An id that could not be kept is never used again, which costs only the id.
      await leave().catch(() => undefined)
      slot?.release()
      slot = null
    },
  }
}

function factOf({ number }: WriterSlot): string {
  return `writer-${number}`
}

/** A random id that the document knows neither as a writer's nor as a carried one (R13). */
function drawFresh(doc: Y.Doc): void {
  do doc.clientID = new Y.Doc().clientID
  while (Y.getState(doc.store, doc.clientID) > 0 || Y.getState(doc.store, doc.clientID + MERGED_CLIENT) > 0)
}
