import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { addEntry, titles } from './testing/entries.ts'
import { mutateFrame, sampleUpdates, seededRandom } from './testing/mutate-frames.ts'
import { newDocumentName } from './testing/start-sync.ts'
import { useSyncDatabase } from './testing/use-sync.ts'

const FRAMES = 3_000
const SEED = 7

const database = useSyncDatabase()

test(`${FRAMES} mutated frames through real sockets disturb nobody, and the log stays loadable`, async () => {
  const server = await database.start({
    limits: { userFrames: 1_000_000, connectionFrames: 1_000_000, workBurstMs: 600_000 },
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
  const next = await database.start()
  await peer.until(() => peer.statuses.length === 2)
  const fresh = await next.device(document).sync('ann')
  expect(titles(fresh.doc, 'witness')).toEqual(['undisturbed'])
  expect(hostile.closeCode).toBeNull()
  expect(peer.closes).toEqual([])
})
