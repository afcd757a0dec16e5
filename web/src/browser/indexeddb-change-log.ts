import type { ChangeLog, SeenChange } from '@questlog/shared/client/ports/change-log'
import { type ChangeDatabase, openChangeDatabase } from './change-database.ts'
import { type ChangeBounds, readLatestChanges, readQuestChanges, trimChanges, writeChanges } from './change-rows.ts'

export interface IndexedDbChangeLogOptions extends ChangeBounds {
  /** How many rows are written between two looks at the bounds. */
  readonly trimEvery: number
  /** How long after a write the bounds are looked at, which reads all rows. */
  readonly idleMs: number
}

const defaults: IndexedDbChangeLogOptions = {
  maxRows: 20_000,
  maxCharacters: 10_000_000,
  trimEvery: 1000,
  idleMs: 200,
}

/**
 * A `ChangeLog` in an IndexedDB of its own. A write is with the browser when `add` returns, once the database is open,
 * so that a tab which crashes leaves the history of all that its log has on disk. A write that fails is told by the next
 * read, and later changes are tried again.
 */
export function openIndexedDbChangeLog(
  workspaceId: string,
  options: Partial<IndexedDbChangeLogOptions> = {},
): ChangeLog {
  const { trimEvery, idleMs, ...bounds } = { ...defaults, ...options }
  const listeners = new Set<() => void>()
  let database: Promise<ChangeDatabase> | null = null
  let opened: ChangeDatabase | null = null
  let trimming: ReturnType<typeof setTimeout> | undefined
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

  async function write(changes: readonly SeenChange[]): Promise<void> {
    try {
      await writeChanges(opened ?? (await open()), changes)
      failure = null
      untrimmed += changes.length
      if (untrimmed >= trimEvery) trimming ??= setTimeout(() => void trim(), idleMs)
    } catch (cause) {
      failure = { cause }
    }
    for (const listener of [...listeners]) listener()
  }

  async function trim(): Promise<void> {
    trimming = undefined
    untrimmed = 0
    try {
      await trimChanges(opened ?? (await open()), bounds)
    } catch (cause) {
      failure = { cause }
    }
  }

  async function settled(): Promise<void> {
    await writing
    if (failure !== null) throw new Error('The history could not be written', { cause: failure.cause })
  }

  async function read<Value>(query: (from: ChangeDatabase) => Promise<Value>): Promise<Value> {
    await settled()
    return query(opened ?? (await open()))
  }

  // Else a crash soon after the first edit would be quicker.
  open().catch(() => undefined)

  return {
    add(changes) {
      writing = Promise.all([writing, write(changes)]).then(() => undefined)
    },
    settled,
    ofQuest: (questId) => read((from) => readQuestChanges(from, questId)),
    latest: (limit, before) => read((from) => readLatestChanges(from, limit, before)),
    onAdded(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    async close() {
      await writing
      clearTimeout(trimming)
      if (trimming !== undefined) await trim()
      // It may still be on its way to being open.
      await database?.catch(() => undefined)
      opened?.close()
      listeners.clear()
    },
  }
}
