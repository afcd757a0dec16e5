import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createTestDatabase } from '../testing/database.ts'
import { addEntry, titles } from './testing/entries.ts'
import { mutateFrame, sampleUpdates, seededRandom } from './testing/mutate-frames.ts'
import { newDocumentName, startSync } from './testing/start-sync.ts'

const FRAMES = 3_000
const SEED = 7

test(`${FRAMES} mutated frames through real sockets disturb nobody, and the log stays loadable`, async () => {
  const database = await createTestDatabase()
  const server = await startSync({
    pool: database.pool,
    limits: { userFrames: 1_000_000, connectionFrames: 1_000_000 },
  })
  const document = newDocumentName()
  const peer = await server.device(document).sync('ann')
  const random = seededRandom(SEED)
  const samples = sampleUpdates(random)
  const hostile = await server.device(document, new Y.Doc()).sync('ann')
  for (let sent = 0; sent < FRAMES && hostile.closeCode === null; sent++) {
    const answers = hostile.statuses.length + hostile.closes.length
    const isClosed = () => hostile.statuses.length + hostile.closes.length > answers
    hostile.sendUpdate(mutateFrame(samples, random))
    await hostile.until(() => isClosed() || hostile.closeCode !== null)
    if (hostile.closes.length > 0) {
      hostile.closes.length = 0
      const heard = hostile.statuses.length
      hostile.authenticate('ann')
      await hostile.until(() => hostile.statuses.length > heard || hostile.closes.length > 0)
    }
  }
  addEntry(peer.doc, 'undisturbed', 'witness')
  const next = await startSync({ pool: database.pool })
  await peer.until(() => peer.statuses.length === 2)
  const fresh = await next.device(document).sync('ann')
  expect(titles(fresh.doc, 'witness')).toEqual(['undisturbed'])
  expect(hostile.closeCode).toBeNull()
  expect(peer.closes).toEqual([])
  await next.stop()
  await server.stop()
  await database.drop()
})
