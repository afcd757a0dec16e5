import { newId, type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { ok, type Result } from '@questlog/shared/domain/kernel/result'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createPostgresLog } from '../../log/postgres-log.ts'
import { useStore } from '../../read-model/testing/use-store.ts'
import type { Draft } from '../../read-model/workspace-store.ts'
import type { Device } from '../testing/device.ts'

const LIMIT = 20_500
/** As long as a title may be. */
const BIG = 'x'.repeat(500)
/** So many quests of such titles fill a workspace nearly; five more fit in no case, one does once it was compacted. */
const FILLED = 35

const { database, server } = useStore({ limits: { maxDocumentBytes: LIMIT } })
let workspaceId: string

beforeEach(async () => {
  workspaceId = await database.newWorkspace()
})

const documentName = (id = workspaceId) => `w:${id}:1`

async function open(doc = new Y.Doc()) {
  const device = await server.sync.device(documentName(), doc).sync('ann')
  return { device, document: openQuestDocument(doc, { now: Date.now }) }
}

const acknowledged = (device: Device, statuses: number) =>
  device.until(() => device.statuses.length >= statuses || device.closes.length > 0)

/** Fills the workspace from a device, with quests from `q0` on. */
async function fill(): Promise<Awaited<ReturnType<typeof open>>> {
  const ann = await open()
  for (let n = 0; n < FILLED; n++)
    ann.document.write([{ table: 'quests', id: `q${n}`, patch: { title: BIG, createdAt: n } }])
  await acknowledged(ann.device, FILLED + 1)
  expect(ann.device.closes).toEqual([])
  return ann
}

const MORE = ['m0', 'm1', 'm2', 'm3', 'm4']
const more = MORE.map((id) => ({ table: 'quests' as const, id, patch: { title: BIG, createdAt: 1 } }))

const purge = (ids: readonly string[]) =>
  ids.map((id) => ({ table: 'quests' as const, id, patch: { title: null, createdAt: null } }))

async function logged(id = workspaceId): Promise<number> {
  const { rows } = await database.pool.query('select seq from doc_updates where doc = $1', [documentName(id)])
  return rows.length
}

function write<Refusal = never>(run: (draft: Draft) => Result<void, Refusal>, id = workspaceId) {
  return server.store.write<void, Refusal>({
    workspaceIds: [id],
    userId: database.userId,
    run: (drafts) => run(drafts.get(id)),
  })
}

const create = (titles: readonly string[]) =>
  write((draft) => {
    for (const title of titles) {
      const made = draft.dispatch({ kind: 'createQuest', id: newId<QuestId>(), title })
      if (!made.ok) return made
    }
    return ok(undefined)
  })

test('a full document takes no more from a device, which hears why', async () => {
  const ann = await fill()
  ann.document.write(more)
  await acknowledged(ann.device, FILLED + 2)
  expect([ann.device.closes, await logged()]).toEqual([['refused:workspace-full'], FILLED])
})

test('a device that holds an edit too many is let in again once it removes as much as it adds', async () => {
  const ann = await fill()
  ann.document.write(more)
  await acknowledged(ann.device, FILLED + 2)
  await expect(open(ann.device.doc)).rejects.toThrow('refused:workspace-full')
  ann.document.write(purge(Array.from({ length: 10 }, (_, n) => `q${n}`)))
  const again = await open(ann.device.doc)
  expect([again.device.closes, again.device.isSynced]).toEqual([[], true])
})

test('a full document takes marks of the Trash and removals, and once compacted there is room again', async () => {
  const { device, document } = await fill()
  const now = Date.now()
  for (let n = 0; n < FILLED; n++) document.write([{ table: 'quests', id: `q${n}`, patch: { deletedAt: now } }])
  for (let n = 0; n < FILLED; n++) document.write(purge([`q${n}`]))
  await acknowledged(device, 3 * FILLED + 1)
  expect([device.closes, device.statuses.length]).toEqual([[], 3 * FILLED + 1])
  document.write([{ table: 'quests', id: 'more', patch: { title: BIG, createdAt: 1 } }])
  await acknowledged(device, 3 * FILLED + 2)
  // A refusal asks for the log to be compacted, where that is not under way.
  const compactions = () => server.sync.sync.stats().compactions
  let isIn = device.closes.length === 0
  for (let before = compactions(); !isIn; before = compactions()) {
    isIn = await open(device.doc).then(
      () => true,
      () => false,
    )
    while (!isIn && compactions() === before) await new Promise((resolve) => setImmediate(resolve))
  }
  expect([await logged(), compactions() > 0]).toEqual([3 * FILLED + 1, true])
})

test('what only looks like a removal does not fill a full document without end', async () => {
  const { device, document } = await fill()
  for (let n = 0; n < 200 && device.closes.length === 0; n++) {
    document.write([{ table: 'quests', id: `nothing${n}${'x'.repeat(100)}`, patch: { deletedAt: n } }])
    await acknowledged(device, FILLED + 2 + n)
  }
  expect(device.closes).toEqual(['refused:workspace-full'])
  expect(await createPostgresLog(database.pool).size(documentName())).toBeLessThan(LIMIT * 1.25)
})

test('a note that frees as much as it adds fits, one that swaps a little for a lot does not', async () => {
  const { device, document } = await fill()
  const note = document.note(storedId('q0'))
  note.insert(0, 'y'.repeat(440))
  await acknowledged(device, FILLED + 2)
  expect(device.closes).toEqual([])
  device.doc.transact(() => {
    note.delete(0, 400)
    note.insert(0, 'x'.repeat(100))
  })
  await acknowledged(device, FILLED + 3)
  expect(device.closes).toEqual([])
  device.doc.transact(() => {
    note.delete(0, 1)
    note.insert(0, 'z'.repeat(3_000))
  })
  await acknowledged(device, FILLED + 4)
  expect(device.closes).toEqual(['refused:workspace-full'])
})

test('a full workspace takes no more over the store either, and nothing of what is refused is left', async () => {
  await fill()
  expect(await create(['small', ...MORE.map(() => BIG)])).toEqual({ ok: false, error: 'workspace-full' })
  const { rows } = await database.pool.query("select record->>'title' as title from quests where workspace_id = $1", [
    workspaceId,
  ])
  expect([rows.length, new Set(rows.map(({ title }) => title)), await logged()]).toEqual([
    FILLED,
    new Set([BIG]),
    FILLED,
  ])
})

test('a full workspace can be cleared over the store, and then written on', async () => {
  await fill()
  const several = MORE.map(() => BIG)
  expect(await create(several)).toEqual({ ok: false, error: 'workspace-full' })
  const ids = Array.from({ length: 10 }, (_, n) => storedId<QuestId>(`q${n}`))
  expect((await write((draft) => draft.dispatch({ kind: 'trashQuests', ids }))).ok).toBe(true)
  expect((await write((draft) => draft.dispatch({ kind: 'purgeQuests', ids }))).ok).toBe(true)
  // A refusal asks for the log to be compacted, where that is not under way.
  const { sync } = server.sync
  for (let before = sync.stats().compactions; !(await create(several)).ok; before = sync.stats().compactions) {
    while (sync.stats().compactions === before) await new Promise((resolve) => setImmediate(resolve))
  }
  expect((await write((draft) => draft.dispatch({ kind: 'completeQuest', id: storedId('q20') }))).ok).toBe(true)
})

test('a move into a full workspace leaves both as they were', async () => {
  await fill()
  const from = await database.newWorkspace()
  expect((await write((draft) => ok(draft.write(more)), from)).ok).toBe(true)
  const moved = await server.store.write({
    workspaceIds: [from, workspaceId],
    userId: database.userId,
    run(drafts) {
      drafts.get(workspaceId).copyFrom(drafts.get(from), more)
      return drafts.get(from).dispatch({ kind: 'trashQuests', ids: MORE.map((id) => storedId(id)) })
    },
  })
  expect(moved).toEqual({ ok: false, error: 'workspace-full' })
  expect([await logged(), await logged(from)]).toEqual([FILLED, 1])
})
