import { Document } from '@hocuspocus/server'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createCommitQueue } from '../../log/commit-queue.ts'
import type { AppendOutcome, LoggedUpdate, UpdateLog } from '../../log/update-log.ts'
import { createMemoryBudget } from '../../memory/memory-budget.ts'
import { defaultSyncLimits } from '../limits/sync-limits.ts'
import { updateOf } from '../testing/entries.ts'
import { OpenDocument } from './open-document.ts'
import type { Author } from './open-document-deps.ts'

/** An update of a client of its own that adds one entry. */
function entry(clientId: number): Uint8Array {
  return updateOf((doc) => doc.getArray('quests').push([[`q${clientId}`, clientId * 1024, { title: 'x' }]]), clientId)
}

/** The client id that the log below knows an owner of. */
const BENS_CLIENT = 100

/** What the client of `entry(clientId)` writes after it. */
function nextEntry(clientId: number): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, entry(clientId))
  const before = Y.encodeStateVector(doc)
  doc.clientID = clientId
  doc.getArray('quests').push([['next', 1024, { title: 'x' }]])
  return Y.encodeStateAsUpdate(doc, before)
}

/** A document over a log whose answers the test gives: rows others wrote, and what becomes of this process' batches. */
function openOver(rows: Uint8Array[], epoch = 1) {
  const broken: unknown[] = []
  const commits: ((outcome: AppendOutcome) => void)[] = []
  const reads: (() => void)[] = []
  const state = { trimmedTo: 0, holdsReads: false }
  const asked: (readonly number[])[] = []
  const log = {
    async owners(_document, clientIds) {
      asked.push(clientIds)
      return new Map(clientIds.includes(BENS_CLIENT) ? [[BENS_CLIENT, 'ben']] : [])
    },
    commitBatch: (updates) => new Promise((resolve) => commits.push((outcome) => resolve(updates.map(() => outcome)))),
    async readTail(_document, afterSeq) {
      const page: LoggedUpdate[] = rows.map((bytes, index) => ({ seq: index + 1, bytes }))
      const found = page.filter(({ seq }) => seq > afterSeq && seq > state.trimmedTo)
      if (state.holdsReads) await new Promise<void>((resolve) => reads.push(resolve))
      return found
    },
  } satisfies Partial<UpdateLog> as unknown as UpdateLog
  const queue = createCommitQueue(
    log,
    () => undefined,
    () => 0,
  )
  const doc = new Document(`w:01ARZ3NDEKTSV4RRFFQ69G5FAV:${epoch}`)
  const holding = createMemoryBudget({ totalBytes: defaultSyncLimits.openDocumentBytes }).reserve('ann', 0)
  if (holding === null) throw new Error('no memory')
  const document = new OpenDocument(
    {
      log,
      commits: queue,
      room: { admits: () => true, takeDisk: () => true },
      prover: { prove: async () => null },
      limits: defaultSyncLimits,
      now: () => 1_800_000_000_000,
      onCommitted: () => undefined,
      onBroken: (cause) => broken.push(cause),
    },
    doc,
    { head: 0, snapshotSeq: 0, snapshot: null, tail: [], revision: 0 },
    holding,
  )
  const author: Author = {
    userId: 'ann',
    canWrite: true,
    hasMore: false,
    apply: (bytes) => Y.applyUpdate(doc, bytes),
    applyEarly: (bytes) => {
      Y.applyUpdate(doc, bytes)
      return () => undefined
    },
    isAlone: () => false,
  }
  const alone: Author = { ...author, isAlone: () => true }
  return { document, author, alone, rows, state, commits, reads, broken, asked }
}

/** Lets everything that waits for nothing else run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

test('a hint heard while a commit is under way is followed when that commit is refused', async () => {
  const { document, author, rows, commits } = openOver([])
  const received = document.receive(author, entry(7)).catch((error: unknown) => error)
  await settle()
  rows.push(entry(8))
  document.onHint(1)
  commits[0]?.({ kind: 'foreign-client-id' })
  await received
  await settle()
  expect(document.head).toBe(1)
})

test('an edit behind which its author has more waiting is committed at once', async () => {
  const { document, alone, commits } = openOver([])
  const first = document.receive(alone, entry(7))
  await settle()
  commits[0]?.({ kind: 'committed', seq: 1 })
  await first
  const second = document.receive({ ...alone, hasMore: true }, nextEntry(7))
  await settle()
  expect(commits).toHaveLength(2)
  commits[1]?.({ kind: 'committed', seq: 2 })
  await second
})

test('what was committed while an older read of the log was under way is read as well', async () => {
  const { document, author, rows, state, reads } = openOver([])
  state.holdsReads = true
  const first = document.catchUp()
  rows.push(entry(8))
  const continued = new Y.Doc()
  continued.clientID = 8
  Y.applyUpdate(continued, entry(8))
  const before = Y.encodeStateVector(continued)
  continued.getArray('quests').push([['q9', 1024, { title: 'after' }]])
  const received = document.receive(author, Y.encodeStateAsUpdate(continued, before))
  state.holdsReads = false
  for (const answer of reads) answer()
  await first
  const outcome = await Promise.race([received, settle().then(() => 'committing')])
  expect(outcome).toBe('committing')
})

test('a document that slept while the log was trimmed past it is given up, not served as it was', async () => {
  for (const rowsLeft of [0, 1]) {
    const { document, rows, state, broken } = openOver([])
    rows.push(entry(1), entry(2), entry(3))
    state.trimmedTo = 3 - rowsLeft
    document.onHint(3)
    await settle()
    expect([rowsLeft, broken.length, document.isBroken]).toEqual([rowsLeft, 1, true])
  }
})

test('a device that tells of what was trimmed has the document given up and comes back', async () => {
  const { document, author, rows, state, broken } = openOver([entry(1), entry(2)])
  state.trimmedTo = 1
  const ahead = new Y.Doc()
  ahead.clientID = 2
  for (const row of rows) Y.applyUpdate(ahead, row)
  const before = Y.encodeStateVector(ahead)
  ahead.getArray('quests').push([['q9', 1024, { title: 'after' }]])
  const received = document.receive(author, Y.encodeStateAsUpdate(ahead, before))
  await expect(received).rejects.toMatchObject({ kind: 'retry' })
  expect(broken).toHaveLength(1)
})

test('hints in any order end at the newest', async () => {
  const { document, rows } = openOver([])
  rows.push(entry(1), entry(2), entry(3))
  for (const seq of [3, 1, 2]) document.onHint(seq)
  await settle()
  expect(document.head).toBe(3)
})

test('a row that is not there yet is waited for: nothing after it counts as applied', async () => {
  const { document, rows } = openOver([])
  rows[0] = entry(1)
  rows[2] = entry(3)
  document.onHint(3)
  await settle()
  expect(document.head).toBe(1)
  rows[1] = entry(2)
  document.onHint(3)
  await settle()
  expect([document.head, document.doc.getArray('quests').length]).toEqual([3, 3])
})

test('what waits behind a failed commit of the document is not committed: it may build on it', async () => {
  const { document, author, alone, commits } = openOver([])
  const first = document.receive(alone, entry(1)).catch((error: unknown) => error)
  await settle()
  const second = document.receive(author, entry(2)).catch((error: unknown) => error)
  await settle()
  commits[0]?.({ kind: 'failed', cause: new Error('lost') })
  expect(await first).toMatchObject({ reason: 'retry:unavailable' })
  expect(await second).toMatchObject({ kind: 'retry' })
  await settle()
  expect(commits).toHaveLength(1)
})

test("a client id that nobody wrote with is nobody's: what its user alone has open shows its first edit ahead of the commit", async () => {
  const { document, alone, commits, asked } = openOver([])
  const received = document.receive(alone, entry(7))
  await settle()
  expect([asked, commits.length, document.doc.getArray('quests').length]).toEqual([[], 1, 1])
  commits[0]?.({ kind: 'committed', seq: 1 })
  expect(await received).toBe('held-by-log')
})

test('in a later epoch the log is asked once who owned a client id before', async () => {
  const { document, alone, commits, asked } = openOver([], 2)
  const received = document.receive(alone, entry(7))
  await settle()
  commits[0]?.({ kind: 'committed', seq: 1 })
  await received
  void document.receive(alone, nextEntry(7))
  await settle()
  expect([asked, document.doc.getArray('quests').length]).toEqual([[[7]], 2])
})

test('what was shown ahead under a client id that another process gave away is given up', async () => {
  const { document, alone, commits, broken } = openOver([])
  const received = document.receive(alone, entry(7)).catch((error: unknown) => error)
  await settle()
  commits[0]?.({ kind: 'foreign-client-id' })
  expect(await received).toMatchObject({ reason: 'refused:foreign-client-id' })
  expect(broken).toHaveLength(1)
})

test('a client id that somebody wrote with is asked for before an edit under it is shown', async () => {
  const { document, alone, rows, commits, asked } = openOver([entry(BENS_CLIENT)])
  document.onHint(rows.length)
  await settle()
  await expect(document.receive(alone, nextEntry(BENS_CLIENT))).rejects.toMatchObject({
    reason: 'refused:foreign-client-id',
  })
  expect([asked, commits.length, document.doc.getArray('quests').length]).toEqual([[[BENS_CLIENT]], 0, 1])
})

test('what another device already brought is acknowledged only once that is committed', async () => {
  const { document, author, alone, commits } = openOver([])
  document.receive(author, entry(1)).catch(() => undefined)
  await settle()
  commits[0]?.({ kind: 'committed', seq: 1 })
  await settle()

  const more = new Y.Doc()
  Y.applyUpdate(more, entry(1))
  more.clientID = 1
  more.getArray('quests').push([['q2', 1024, { title: 'x' }]])
  const update = Y.encodeStateAsUpdate(more)
  const answers: string[] = []
  void document.receive(alone, update).then(() => answers.push('first'))
  void document.receive(alone, update).then(() => answers.push('again'))
  while (commits.length < 2) await settle()
  await settle()
  expect([answers, commits.length]).toEqual([[], 2])
  commits[1]?.({ kind: 'committed', seq: 2 })
  await settle()
  expect([answers, commits.length]).toEqual([['first', 'again'], 2])
})
