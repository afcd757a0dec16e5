import { newId, type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { err, ok } from '@questlog/shared/domain/kernel/result'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { beforeEach, expect, test } from 'vitest'
import type { Device } from '../sync/testing/device.ts'
import { useStore } from './testing/use-store.ts'
import type { Draft, WorkspaceStore } from './workspace-store.ts'

const { database, server } = useStore()
let store: WorkspaceStore
let workspaceId: string

beforeEach(async () => {
  store = server.store
  workspaceId = await database.newWorkspace()
})

const documentName = () => `w:${workspaceId}:1`

async function quests() {
  const rows = await database.db
    .selectFrom('quests')
    .select(['seq', 'record'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute()
  return rows.map(({ seq, record }) => ({ seq: Number(seq), ...record }))
}

const titles = async () => (await quests()).map((quest) => quest.title)

async function logged(): Promise<number> {
  const { rows } = await database.pool.query('select seq from doc_updates where doc = $1', [documentName()])
  return rows.length
}

function write<Answer, Refusal = never>(
  run: (draft: Draft) => { ok: true; value: Answer } | { ok: false; error: Refusal },
) {
  return store.write<Answer, Refusal>({
    workspaceIds: [workspaceId],
    userId: database.userId,
    run: (drafts) => run(drafts.get(workspaceId)),
  })
}

const create = (title: string, id: QuestId = newId<QuestId>()) =>
  write((draft) => {
    const created = draft.dispatch({ kind: 'createQuest', id, title })
    return created.ok ? ok(id) : created
  })

async function device(): Promise<{ device: Device; document: ReturnType<typeof openQuestDocument> }> {
  const opened = await server.sync.device(documentName()).sync('ann')
  return { device: opened, document: openQuestDocument(opened.doc, { now: Date.now }) }
}

test('an edit acknowledged to a socket is in the rows after the next catch-up', async () => {
  const ann = await device()
  ann.document.write([{ table: 'quests', id: 'q1', patch: { title: 'From afar', createdAt: 1_000, priority: 1 } }])
  ann.document.note(storedId('q1')).insert(0, 'Some notes')
  await ann.device.until(() => ann.device.statuses.length === 3)
  await store.catchUp([workspaceId])
  expect(await quests()).toMatchObject([
    {
      id: 'q1',
      workspaceId,
      seq: 2,
      title: 'From afar',
      notes: 'Some notes',
      priority: 1,
      done: false,
      createdAt: '1970-01-01T00:00:01.000Z',
    },
  ])
})

test('a write is in the rows when it resolves, and reaches an open device', async () => {
  const ann = await device()
  const written = await create('From REST')
  expect(written).toMatchObject({ ok: true, value: { seqs: new Map([[workspaceId, 1]]) } })
  expect(await titles()).toEqual(['From REST'])
  await ann.device.until(() => [...ann.document.ids('quests')].length === 1)
})

test('a write decides on what sockets have had acknowledged before it', async () => {
  const ann = await device()
  ann.document.write([{ table: 'quests', id: 'q1', patch: { title: 'Mine', createdAt: 1 } }])
  await ann.device.until(() => ann.device.statuses.length === 2)
  const written = await write((draft) => draft.dispatch({ kind: 'completeQuest', id: storedId('q1') }))
  expect(written.ok).toBe(true)
  expect(await quests()).toMatchObject([{ id: 'q1', done: true, seq: 2 }])
})

test('a refused write leaves nothing: no log, no rows, and not in what the next write sees', async () => {
  const refused = await write((draft) => {
    draft.dispatch({ kind: 'createQuest', id: storedId('q1'), title: 'Never' })
    return err('refused' as const)
  })
  expect(refused).toEqual({ ok: false, error: 'refused' })
  await create('After', storedId('q2'))
  expect([await titles(), await logged()]).toEqual([['After'], 1])
})

test('a write whose own rows fail leaves nothing', async () => {
  const failing = store.write({
    workspaceIds: [workspaceId],
    userId: database.userId,
    run: (drafts) => drafts.get(workspaceId).dispatch({ kind: 'createQuest', id: storedId('q1'), title: 'Never' }),
    inTransaction: async () => {
      throw new Error('the disk is full')
    },
  })
  await expect(failing).rejects.toThrow('the disk is full')
  expect([await titles(), await logged()]).toEqual([[], 0])
  await create('After')
  expect([await titles(), await logged()]).toEqual([['After'], 1])
})

test('commands of one write that take each other back change no row, and rebuilt rows are the same', async () => {
  await create('Here', storedId('q1'))
  await write((draft) => {
    draft.dispatch({ kind: 'trashQuests', ids: [storedId('q1')] })
    return draft.dispatch({ kind: 'restoreQuests', ids: [storedId('q1')] })
  })
  expect([await logged(), await quests()]).toMatchObject([2, [{ id: 'q1', seq: 1 }]])
  await store.rebuild(workspaceId)
  expect(await quests()).toMatchObject([{ id: 'q1', seq: 1 }])
})

test('an append in between makes a write decide again, on it', async () => {
  await create('First', storedId('q1'))
  const other = await database.start()
  const seen: (string | undefined)[] = []
  const written = await store.write({
    workspaceIds: [workspaceId],
    userId: database.userId,
    async run(drafts) {
      const draft = drafts.get(workspaceId)
      seen.push(draft.state.quest(storedId('q1'))?.title)
      if (seen.length === 1) {
        const fields = { title: 'Second' }
        await other.store.write({
          workspaceIds: [workspaceId],
          userId: database.userId,
          run: (others) => others.get(workspaceId).dispatch({ kind: 'editQuest', id: storedId('q1'), fields }),
        })
      }
      return draft.dispatch({ kind: 'editQuest', id: storedId('q1'), fields: { title: `${seen.at(-1)} and third` } })
    },
  })
  expect([written.ok, seen]).toEqual([true, ['First', 'Second']])
  expect(await titles()).toEqual(['Second and third'])
})

test('two processes that race on one workspace lose nothing, number without gaps and keep the rows right', async () => {
  const other = await database.start()
  const ann = await device()
  const bob = await other.sync.device(documentName()).sync('bob')
  const bobs = openQuestDocument(bob.doc, { now: Date.now })
  const rest = Array.from({ length: 20 }, (_, n) =>
    [store, other.store][n % 2]?.write({
      workspaceIds: [workspaceId],
      userId: database.userId,
      run: (drafts) => drafts.get(workspaceId).dispatch({ kind: 'createQuest', id: newId(), title: `rest ${n}` }),
    }),
  )
  for (let n = 0; n < 10; n++) {
    ann.document.write([{ table: 'quests', id: `a${n}`, patch: { title: `ann ${n}`, createdAt: n } }])
    bobs.write([{ table: 'quests', id: `b${n}`, patch: { title: `bob ${n}`, createdAt: n } }])
  }
  const outcomes = await Promise.all(rest)
  await Promise.all([ann.device, bob].map((each) => each.until(() => each.statuses.length === 11)))
  await Promise.all([store.catchUp([workspaceId]), other.store.catchUp([workspaceId])])

  expect(outcomes.every((outcome) => outcome?.ok)).toBe(true)
  expect((await quests()).length).toBe(40)
  const { rows } = await database.pool.query('select seq from doc_updates where doc = $1 order by seq', [
    documentName(),
  ])
  expect(rows.map((row) => Number(row.seq))).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
})

test('two workspaces are written together, and a quest moves between them with its notes', async () => {
  const from = workspaceId
  const to = await database.newWorkspace()
  await create('Traveller', storedId('q1'))
  await write((draft) => ok(draft.setNote('q1', 'Packed')))
  const moved = await store.write({
    workspaceIds: [to, from],
    userId: database.userId,
    run(drafts) {
      drafts.get(to).copyFrom(drafts.get(from), [{ table: 'quests', id: 'q1' }])
      return drafts.get(from).dispatch({ kind: 'trashQuests', ids: [storedId('q1')] })
    },
  })
  expect(moved).toMatchObject({
    ok: true,
    value: {
      seqs: new Map([
        [from, 3],
        [to, 1],
      ]),
    },
  })
  expect((await quests())[0]?.deletedAt).not.toBeNull()
  workspaceId = to
  expect(await quests()).toMatchObject([{ id: 'q1', title: 'Traveller', notes: 'Packed', deletedAt: null, seq: 1 }])
})

test('a workspace that is not there is passed over by readers and refused to writers', async () => {
  workspaceId = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
  await store.catchUp([workspaceId])
  expect(await create('Nowhere')).toEqual({ ok: false, error: 'unavailable' })
})

test('replicas beyond the budget go; what they knew is read again, and their client id written with again', async () => {
  const small = await database.start({ replicaBytes: 1 })
  const before = store
  store = small.store
  for (const title of ['One', 'Two', 'Three']) await create(title)
  expect((await titles()).toSorted()).toEqual(['One', 'Three', 'Two'])
  const { rows } = await database.pool.query('select distinct client_id from doc_updates')
  expect(rows.length).toBe(1)
  store = before
})
