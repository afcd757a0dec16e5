import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { LocalStoreFailure } from '../ports/local-store.ts'
import { createWriterId, type WriterId } from './writer-id.ts'

const MULTIPLIER = Number(import.meta.env.VITE_FUZZ_MULTIPLIER ?? 1)
const timeout = 120_000 * MULTIPLIER

const KINDS = {
  /** Opens a tab that syncs with the server before anything is written. */
  start: 9,
  open: 1,
  write: 8,
  commit: 3,
  send: 1,
  deliver: 1,
  tell: 1,
  accord: 4,
  accordAll: 2,
  hide: 2,
  close: 9,
  crash: 3,
  crashTaking: 1,
  lag: 1,
  rewind: 1,
  backup: 1,
  restore: 1,
  remove: 1,
} as const

const kinds = Object.entries(KINDS).map(([kind, weight]) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constant(kind as keyof typeof KINDS), at: fc.nat(30) }),
}))
const step = fc.oneof(...kinds)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** A tab: what it has in memory, and what of it is not on disk yet. */
interface Tab {
  readonly doc: Y.Doc
  readonly writer: WriterId
  unwritten: Uint8Array[]
  readonly leaving: (() => void)[]
  /** What it reads of the texts that are kept at once, where it lags behind. */
  texts: ReadonlyMap<string, string> | null
  /** Its disk is gone: nothing more of it is kept there. */
  isRemoved: boolean
  isAlive: boolean
}

interface Disk {
  readonly rows: readonly Uint8Array[]
  readonly facts: ReadonlyMap<string, unknown>
}

/**
 * A device with tabs that crash, a disk that is written late, texts that tabs see late and that a crash takes back, and a
 * server to which frames arrive late.
 */
class World {
  readonly server = new Y.Doc()
  readonly #written = new Map<string, string>()
  #rows: Uint8Array[] = []
  #facts = new Map<string, unknown>()
  #texts = new Map<string, string>()
  #earlierTexts = new Map<string, string>()
  #backup: Disk | null = null
  #tabs: Tab[] = []
  #frames: Uint8Array[] = []
  #next = 0

  /** How often an id of an earlier run was taken up. */
  takenUp = 0

  async run(step: Step): Promise<void> {
    await this.#run(step)
    const ids = this.#tabs.map(({ doc }) => doc.clientID)
    expect([...new Set(ids)]).toEqual(ids)
  }

  async #run({ kind, at }: Step): Promise<void> {
    const tab = this.#tabs[at % Math.max(this.#tabs.length, 1)]
    if (kind === 'open' || kind === 'start') {
      const opened = await this.#open()
      return kind === 'start' && opened !== null ? this.#accord(opened) : undefined
    }
    if (kind === 'deliver') return this.#deliver(at)
    if (kind === 'backup') this.#backup = { rows: [...this.#rows], facts: structuredClone(this.#facts) }
    if (kind === 'restore') return this.#restore()
    if (kind === 'remove') return this.#remove()
    if (kind === 'rewind') return this.#rewind()
    if (kind === 'accordAll') return void (await Promise.all(this.#tabs.map((each) => this.#accord(each))))
    if (tab === undefined) return
    switch (kind) {
      case 'write':
        return this.#write(tab)
      case 'commit':
        return this.#commit(tab, tab.unwritten.length)
      case 'send':
        return void this.#frames.push(Y.encodeStateAsUpdate(tab.doc))
      case 'tell': {
        // Other tabs hear of an edit only once it is on disk.
        if (tab.isRemoved) return
        this.#commit(tab, tab.unwritten.length)
        const other = this.#tabs[(at + 1) % this.#tabs.length]
        return other && Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(tab.doc), 'disk')
      }
      case 'accord':
        return this.#accord(tab)
      case 'hide':
        for (const leave of tab.leaving) leave()
        return
      case 'close':
        this.#commit(tab, tab.unwritten.length)
        await tab.writer.end()
        return this.#gone(tab)
      case 'crash':
        // Some of what it began to write still arrives.
        this.#commit(tab, at % (tab.unwritten.length + 1))
        return this.#gone(tab)
      case 'crashTaking': {
        void this.#accord(tab)
        for (let turn = 0; turn < at % 12; turn += 1) await Promise.resolve()
        return this.#gone(tab)
      }
      case 'lag':
        tab.texts = tab.texts === null ? new Map(this.#texts) : null
        return
    }
  }

  async #accord({ doc, writer }: Tab): Promise<void> {
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.server))
    Y.applyUpdate(this.server, Y.encodeStateAsUpdate(doc))
    const before = doc.clientID
    await writer.onAccord()
    if (doc.clientID !== before) this.takenUp += 1
  }

  async #open(): Promise<Tab | null> {
    if (this.#tabs.length === 3) return null
    const doc = new Y.Doc()
    for (const row of this.#rows) Y.applyUpdate(doc, row)
    const leaving: (() => void)[] = []
    const alive = async <Value>(use: () => Value): Promise<Value> => {
      await Promise.resolve()
      if (!tab.isAlive) return new Promise(() => {})
      if (tab.isRemoved) throw new LocalStoreFailure({ kind: 'closed' })
      return use()
    }
    const texts = () => tab.texts ?? this.#texts
    const tab: Omit<Tab, 'writer'> = { doc, unwritten: [], leaving, texts: null, isRemoved: false, isAlive: true }
    const writer = createWriterId({
      doc,
      onPageLeaving(listener) {
        leaving.push(listener)
        return () => {}
      },
      store: {
        changeMeta: (key, change) =>
          alive(() => {
            const next = change(structuredClone(this.#facts.get(key)))
            if (next !== undefined) this.#facts.set(key, structuredClone(next))
          }),
        atOnce: {
          read: (key) => texts().get(key) ?? null,
          keys: () => [...texts().keys()],
          write: (key, text) => {
            const isKept = tab.isAlive && !tab.isRemoved
            if (isKept) this.#texts.set(key, text)
            return isKept
          },
          remove: (key) => void (tab.isAlive && this.#texts.delete(key)),
        },
        catchUp: () =>
          alive(() => {
            for (const row of this.#rows) Y.applyUpdate(doc, row, 'disk')
          }),
      },
      isHeld: (client, clock) => Y.getState(this.server.store, client) > clock,
      onStoreFailure: (cause) => {
        if (!tab.isRemoved) throw cause
      },
    })
    const opened = Object.assign(tab, { writer })
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'disk') tab.unwritten.push(update)
    })
    this.#tabs.push(opened)
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    return opened
  }

  #write({ doc }: Tab): void {
    const content = `${this.#next++}`
    const key = `${doc.clientID}:${Y.getState(doc.store, doc.clientID)}`
    doc.getArray('quests').push([content])
    expect([key, this.#written.get(key) ?? content]).toEqual([key, content])
    this.#written.set(key, content)
  }

  #commit(tab: Tab, count: number): void {
    const written = tab.unwritten.splice(0, count)
    if (!tab.isRemoved) this.#rows.push(...written)
  }

  #gone(tab: Tab): void {
    tab.isAlive = false
    this.#tabs = this.#tabs.filter((other) => other !== tab)
  }

  #deliver(at: number): void {
    const [frame] = this.#frames.splice(at % Math.max(this.#frames.length, 1), 1)
    if (frame !== undefined) Y.applyUpdate(this.server, frame)
  }

  /** Puts the disk back to an earlier day, while nothing is open and the server has all that was ever written. */
  #restore(): void {
    if (this.#backup === null || this.#tabs.length > 0 || !this.#isAllSent()) return
    this.#rows = [...this.#backup.rows]
    this.#facts = structuredClone(new Map(this.#backup.facts))
  }

  /** Another window removes the document; it may be opened again while tabs go on with what they have in memory. */
  #remove(): void {
    this.#rows = []
    this.#facts.clear()
    this.#texts.clear()
    for (const tab of this.#tabs) tab.isRemoved = true
  }

  /** A crash takes back the last of what was kept at once. */
  #rewind(): void {
    const now = new Map(this.#texts)
    this.#texts = new Map(this.#earlierTexts)
    this.#earlierTexts = now
  }

  #isAllSent(): boolean {
    return [...this.#written.keys()].every((key) => {
      const [client = 0, clock = 0] = key.split(':').map(Number)
      return Y.getState(this.server.store, client) > clock
    })
  }
}

test('[R35] whatever crashes, closes, comes late or is put back: no two elements ever share an id', {
  timeout,
}, async () => {
  let takenUp = 0
  const property = fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), async (steps) => {
    const world = new World()
    for (const each of steps) await world.run(each)
    takenUp += world.takenUp
  })
  await fc.assert(property, { numRuns: 800 * MULTIPLIER })
  expect(takenUp).toBeGreaterThan(1_000)
})
