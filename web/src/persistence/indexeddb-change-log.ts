import type { ChangeLog, SeenChange } from '@questlog/shared/client/change-log'
import { type ChangeDatabase, openChangeDatabase } from './change-database.ts'
import { type ChangeBounds, readLatestChanges, readQuestChanges, trimChanges, writeChanges } from './change-rows.ts'

export interface IndexedDbChangeLogOptions extends ChangeBounds {
  /** How many rows are written between two looks at the bounds. */
  readonly trimEvery: number
  readonly idleMs: number
}

const defaults: IndexedDbChangeLogOptions = {
  maxRows: 20_000,
  maxCharacters: 10_000_000,
  trimEvery: 1000,
  idleMs: 200,
}

/**
 * A `ChangeLog` in an IndexedDB of its own. Nothing is computed or written while an edit is made: that waits for a pause,
 * or for the page to go away. A write that fails is told by the next read, and later changes are tried again.
 */
export function openIndexedDbChangeLog(
  workspaceId: string,
  options: Partial<IndexedDbChangeLogOptions> = {},
): ChangeLog {
  const { trimEvery, idleMs, ...bounds } = { ...defaults, ...options }
  const listeners = new Set<() => void>()
  let database: Promise<ChangeDatabase> | null = null
  let opened: ChangeDatabase | null = null
  let waiting: (() => readonly SeenChange[])[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()
  let failure: { readonly cause: unknown } | null = null
  let untrimmed = trimEvery

  function open(): Promise<ChangeDatabase> {
    database ??= openChangeDatabase(workspaceId, () => {
      database = null
      opened = null
    }).then((next) => {
      opened = next
      return next
    })
    database.catch(() => {
      database = null
    })
    return database
  }

  function takeWaiting(): readonly SeenChange[] {
    clearTimeout(timer)
    timer = undefined
    const made = waiting.flatMap((make) => make())
    waiting = []
    return made
  }

  async function write(changes: readonly SeenChange[]): Promise<void> {
    try {
      const target = opened ?? (await open())
      await writeChanges(target, changes)
      failure = null
      untrimmed += changes.length
      if (untrimmed >= trimEvery) {
        untrimmed = 0
        await trimChanges(target, bounds)
      }
    } catch (cause) {
      failure = { cause }
    }
    for (const listener of [...listeners]) listener()
  }

  function writeWaiting(): Promise<void> {
    const changes = takeWaiting()
    // A page that goes away finishes what it has begun: no waiting for the writes before.
    if (changes.length > 0) writing = Promise.all([writing, write(changes)]).then(() => undefined)
    return writing
  }

  async function read<Value>(query: (from: ChangeDatabase) => Promise<Value>): Promise<Value> {
    await writeWaiting()
    if (failure !== null) throw new Error('The history could not be written', { cause: failure.cause })
    return query(opened ?? (await open()))
  }

  const listening = new AbortController()
  if (typeof window !== 'undefined') {
    window.addEventListener('pagehide', () => void writeWaiting(), { signal: listening.signal })
  }

  return {
    add(make) {
      waiting.push(make)
      timer ??= setTimeout(() => void writeWaiting(), idleMs)
      if (database === null) open().catch(() => undefined)
    },
    ofQuest: (questId) => read((from) => readQuestChanges(from, questId)),
    latest: (limit, before) => read((from) => readLatestChanges(from, limit, before)),
    onAdded(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    async close() {
      listening.abort()
      await writeWaiting()
      opened?.close()
      listeners.clear()
    },
  }
}
