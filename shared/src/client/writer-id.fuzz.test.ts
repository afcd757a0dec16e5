import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createWriterId, type WriterId } from './writer-id.ts'
import type { WriterSlots } from './writer-slots.ts'

const MULTIPLIER = Number(import.meta.env.VITE_FUZZ_MULTIPLIER ?? 1)
const timeout = 120_000 * MULTIPLIER

const step = fc.record({
  kind: fc.constantFrom(
    ...([
      'open',
      'open',
      'write',
      'write',
      'write',
      'commit',
      'commit',
      'send',
      'deliver',
      'tell',
      'accord',
      'accord',
      'accord',
    ] as const),
    ...(['hide', 'close', 'close', 'crash', 'restore', 'backup'] as const),
  ),
  at: fc.nat(30),
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** A tab: what it has in memory, and what of it is not on disk yet. */
interface Tab {
  readonly doc: Y.Doc
  readonly writer: WriterId
  unwritten: Uint8Array[]
  readonly leaving: (() => void)[]
  readonly die: () => void
}

interface Disk {
  readonly rows: readonly Uint8Array[]
  readonly facts: ReadonlyMap<string, unknown>
}

/** A device with tabs that crash, a disk that is written late, and a server to which frames arrive late. */
class World {
  readonly server = new Y.Doc()
  readonly #written = new Map<string, string>()
  #rows: Uint8Array[] = []
  #facts = new Map<string, unknown>()
  #backup: Disk | null = null
  #tabs: Tab[] = []
  #frames: Uint8Array[] = []
  #next = 0

  /** How many client ids were ever written with. */
  get ids(): number {
    return new Set([...this.#written.keys()].map((key) => key.split(':')[0])).size
  }

  async run({ kind, at }: Step): Promise<void> {
    const tab = this.#tabs[at % Math.max(this.#tabs.length, 1)]
    if (kind === 'open') return this.#open()
    if (kind === 'deliver') return this.#deliver(at)
    if (kind === 'backup') this.#backup = { rows: [...this.#rows], facts: structuredClone(this.#facts) }
    if (kind === 'restore') return this.#restore()
    if (tab === undefined) return
    switch (kind) {
      case 'write':
        return this.#write(tab)
      case 'commit':
        return this.#commit(tab, tab.unwritten.length)
      case 'send':
        return void this.#frames.push(Y.encodeStateAsUpdate(tab.doc))
      case 'tell': {
        // Other tabs are told of nothing before it is on disk.
        this.#commit(tab, tab.unwritten.length)
        const other = this.#tabs[(at + 1) % this.#tabs.length]
        return other && Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(tab.doc), 'disk')
      }
      case 'accord':
        Y.applyUpdate(tab.doc, Y.encodeStateAsUpdate(this.server))
        Y.applyUpdate(this.server, Y.encodeStateAsUpdate(tab.doc))
        return tab.writer.onAccord()
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
    }
  }

  async #open(): Promise<void> {
    if (this.#tabs.length === 3) return
    const doc = new Y.Doc()
    for (const row of this.#rows) Y.applyUpdate(doc, row)
    let isAlive = true
    let number = -1
    const leaving: (() => void)[] = []
    const onLeave = (listener: () => void) => {
      leaving.push(listener)
      return () => {}
    }
    const slots: WriterSlots = {
      take: async () => {
        number = this.#slots.findIndex((isTaken) => !isTaken)
        this.#slots[number] = true
        return { number, onLeave, release: () => this.#free(number) }
      },
    }
    const alive = <Value>(value: Value): Promise<Value> => (isAlive ? Promise.resolve(value) : new Promise(() => {}))
    const writer = createWriterId({
      doc,
      documentName: 'w:1:1',
      slots,
      store: {
        getMeta: (key) => alive(structuredClone(this.#facts.get(key))),
        setMeta: async (key, value) => alive(isAlive ? void this.#facts.set(key, structuredClone(value)) : undefined),
        catchUp: async () => {
          for (const row of this.#rows) Y.applyUpdate(doc, row, 'disk')
        },
      },
      isHeld: (client, clock) => Y.getState(this.server.store, client) > clock,
      onStoreFailure: (cause) => {
        throw cause
      },
    })
    const tab: Tab = {
      doc,
      writer,
      unwritten: [],
      leaving,
      die: () => {
        isAlive = false
        this.#free(number)
      },
    }
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'disk') tab.unwritten.push(update)
    })
    this.#tabs.push(tab)
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }

  readonly #slots: boolean[] = Array.from({ length: 8 }, () => false)

  #free(number: number): void {
    this.#slots[number] = false
  }

  #write({ doc }: Tab): void {
    const content = `${this.#next++}`
    const key = `${doc.clientID}:${Y.getState(doc.store, doc.clientID)}`
    doc.getArray('quests').push([content])
    expect([key, this.#written.get(key) ?? content]).toEqual([key, content])
    this.#written.set(key, content)
  }

  #commit(tab: Tab, count: number): void {
    this.#rows.push(...tab.unwritten.splice(0, count))
  }

  #gone(tab: Tab): void {
    tab.die()
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
  let reused = 0
  const property = fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), async (steps) => {
    const world = new World()
    let writes = 0
    for (const each of steps) {
      if (each.kind === 'write') writes += 1
      await world.run(each)
    }
    if (writes > 0 && world.ids < steps.filter(({ kind }) => kind === 'open').length) reused += 1
  })
  await fc.assert(property, { numRuns: 400 * MULTIPLIER })
  expect(reused).toBeGreaterThan(0)
})
