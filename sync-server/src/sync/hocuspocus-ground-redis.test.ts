import { Redis } from '@hocuspocus/extension-redis'
import { expect, type TestContext, test, vi } from 'vitest'
import { startRedis } from '../testing/redis.ts'
import { addEntry, titles } from './testing/entries.ts'
import { type StockServer, startStock } from './testing/start-stock.ts'

// What stock servers joined by their Redis extension do. Ours are joined by a bus that only hints: each reads the log.

interface JoinedServer extends StockServer {
  /** How many updates its `beforeSync` was shown. */
  updatesJudged(): number
}

async function startJoined(context: TestContext, redisPath: string): Promise<JoinedServer> {
  let updatesJudged = 0
  const extension = new Redis({ options: { path: redisPath }, disconnectDelay: 0 })
  const server = await startStock({
    extensions: [extension],
    debounce: 60_000,
    maxDebounce: 60_000,
    async beforeSync({ type }) {
      if (type === 2) updatesJudged += 1
    },
  })
  context.onTestFinished(async () => {
    await server.stop()
    await vi.waitFor(() => expect(server.hocuspocus.getDocumentsCount()).toBe(0), { timeout: 10_000 })
    await extension.onDestroy()
  })
  return { ...server, updatesJudged: () => updatesJudged }
}

test('what one stock server judged reaches the next through Redis past its beforeSync: hence a bus of hints', async (context) => {
  const redisPath = await startRedis(context)
  const here = await startJoined(context, redisPath)
  const there = await startJoined(context, redisPath)
  const opened = await there.hocuspocus.openDirectConnection('doc')
  context.onTestFinished(() => opened.disconnect())
  const device = await here.device('doc').sync('any')
  addEntry(device.doc, 'unjudged there')
  const arrived = () => (opened.document ? titles(opened.document) : [])
  await expect.poll(arrived).toEqual(['unjudged there'])
  expect([here.updatesJudged(), there.updatesJudged()]).toEqual([1, 0])

  // The hook there is alive: what a device brings, it is shown.
  addEntry((await there.device('doc').sync('any')).doc, 'judged there')
  await expect.poll(there.updatesJudged).toBe(1)
})
