import { ok } from '@questlog/shared/domain/kernel/result'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { expect, test } from 'vitest'
import { useStore } from '../../read-model/testing/use-store.ts'
import { addEntry } from '../testing/entries.ts'
import { newDocumentName } from '../testing/start-sync.ts'

const FULL = 30_000
const A_DAY = 20_000
const limits = { maxDocumentBytes: FULL, appendDailyBytes: A_DAY, compactAfterUpdates: 5 }

const { database, server } = useStore({ limits })

async function bytesOnDisk(document: string): Promise<number> {
  const { rows } = await database.pool.query<{ bytes: string }>(
    'select coalesce(sum(octet_length(bytes)), 0) as bytes from doc_updates where doc = $1',
    [document],
  )
  return Number(rows[0]?.bytes)
}

test('rewriting a small workspace again and again fills no disk, and keeps nobody else from writing', async () => {
  const document = newDocumentName()
  const hog = await server.sync.device(document).sync('hog')
  const quests = openQuestDocument(hog.doc, { now: Date.now })
  for (let n = 0; n < 200 && hog.closes.length === 0; n++) {
    const before = hog.statuses.length
    quests.write([{ table: 'quests', id: 'q', patch: { title: `${n} ${'x'.repeat(490)}` } }])
    await hog.until(() => hog.statuses.length > before || hog.closes.length > 0)
  }
  expect(hog.closes).toEqual(['refused:rate-limited'])
  const onDisk = await bytesOnDisk(document)
  expect(onDisk).toBeGreaterThan(FULL)
  expect(onDisk).toBeLessThan(FULL + A_DAY)

  const ann = await server.sync.device(newDocumentName()).sync('ann')
  addEntry(ann.doc, 'mine')
  await ann.until(() => ann.statuses.length === 2)
})

test('what is written over REST counts as well', async () => {
  const workspaceId = await database.newWorkspace()
  const rewrite = (title: string) =>
    server.store.write({
      workspaceIds: [workspaceId],
      userId: database.userId,
      run: async (drafts) => {
        drafts.get(workspaceId).write([{ table: 'quests', id: 'q', patch: { title, createdAt: 1 } }])
        return ok(null)
      },
    })
  let failure: unknown = null
  for (let n = 0; n < 200 && failure === null; n++) {
    await rewrite(`${n} ${'x'.repeat(490)}`).catch((error: unknown) => {
      failure = error
    })
  }
  expect(failure).toMatchObject({ statusCode: 429 })
  expect(await bytesOnDisk(`w:${workspaceId}:1`)).toBeLessThan(FULL + A_DAY)
})
