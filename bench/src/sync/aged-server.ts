import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId, type WorkspaceId } from '@questlog/shared/domain/kernel/ids'
import { startEmbeddedDatabase } from '@questlog/sync-server/src/embedded-database/start-embedded-database.ts'
import { createPostgresLog } from '@questlog/sync-server/src/log/postgres-log.ts'
import pg from 'pg'
import { pino } from 'pino'
import * as Y from 'yjs'
import { nextMessage, startChild } from '../measure/fresh-process.ts'
import { report } from '../measure/report.ts'
import { median } from '../measure/statistics.ts'
import { withScratch, writeAgedDocument, writeDocument } from '../store/child-runs.ts'
import { sampleQuests } from '../store/sample-quests.ts'
import { signToken } from './authentication.ts'
import { connectDevice, type Device } from './device.ts'
import { serverCost, serverStarted } from './messages.ts'

const QUESTS = 10_000
/** Five years of three devices. */
const STARTS = 20_000
const EDITS_PER_START = 5
const TURNS = 7
const EDITS_PER_TURN = 400
const PERSON = 'ann'

/** The server's processor time for an edit of an aged document, beside one of the same edits under one client id. */
export async function benchAgedServer(): Promise<void> {
  await withScratch(async (file) => {
    await writeDocument('questlog', file('fresh'), QUESTS, STARTS * EDITS_PER_START)
    const { clientIds, rebases } = await writeAgedDocument(file('aged'), QUESTS, STARTS, EDITS_PER_START)
    const dataDir = mkdtempSync(join(tmpdir(), 'questlog-bench-'))
    const database = await startEmbeddedDatabase({ dataDir, logger: pino({ level: 'fatal' }) })
    const server = startChild(new URL('questlog-child.ts', import.meta.url), [database.url])
    try {
      const { port } = serverStarted.parse(await nextMessage(server))
      const url = `ws://127.0.0.1:${port}/sync`
      const open = async (bytes: Uint8Array) => openEdited(url, await logDocument(database.url, bytes))
      const [aged, fresh] = [await open(readFileSync(file('aged'))), await open(readFileSync(file('fresh')))]
      const costUs = async (edit: () => Promise<void>): Promise<number> => {
        const before = await cost()
        await edit()
        return ((await cost()) - before) / EDITS_PER_TURN
      }
      const cost = async (): Promise<number> => {
        server.send('cost')
        return serverCost.parse(await nextMessage(server)).cpuUs
      }
      const agedUs: number[] = []
      const freshUs: number[] = []
      for (let turn = 0; turn < TURNS; turn += 1) {
        agedUs.push(await costUs(aged))
        freshUs.push(await costUs(fresh))
      }
      // The first turn runs on code that is not compiled yet.
      report({
        bench: 'sync-aged: processor time of the server for an edit',
        value: median(agedUs.slice(1)),
        unit: 'µs',
        alternative: 'the same edits under one client id',
        alternativeValue: median(freshUs.slice(1)),
        budget: { ratioAtMost: 2 },
        details: { quests: QUESTS, starts: STARTS, rebases, clientIds, turns: TURNS - 1, editsPerTurn: EDITS_PER_TURN },
      })
    } finally {
      server.kill()
      await database.stop()
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
}

/** Puts a document into the log as the edit of its person. */
async function logDocument(databaseUrl: string, bytes: Uint8Array): Promise<string> {
  const document = `w:${newId<WorkspaceId>()}:1`
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  const claims = [...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(bytes)).keys()]
  await createPostgresLog(pool).commitBatch([{ document, bytes, userId: PERSON, clientId: claims[0] ?? null, claims }])
  await pool.end()
  return document
}

/** Opens a document on two devices; each call then makes a turn of edits, one after the other, until all are seen. */
async function openEdited(url: string, document: string): Promise<() => Promise<void>> {
  const ids = sampleQuests(QUESTS).map(({ id }) => id)
  const token = signToken(PERSON)
  let acknowledged = 0
  let seen = 0
  let wake = () => {}
  const news = () =>
    new Promise<void>((resolve) => {
      wake = resolve
    })
  const options = { url, document, token, quests: [] }
  const events = {
    onAcknowledged: () => {
      acknowledged += 1
      wake()
    },
    onUpdate: (device: Device) => {
      if (device === reader) seen += 1
      wake()
    },
  }
  let reader: Device | null = null
  reader = await connectDevice(options, events)
  const author = await connectDevice(options, events)
  let edits = 0
  return async () => {
    const end = edits + EDITS_PER_TURN
    seen = 0
    for (; edits < end; edits += 1) {
      author.edit(ids[(edits * 7919) % ids.length] ?? '', `An edit of the aged document, ${edits}`)
      while (acknowledged <= edits) await news()
    }
    while (seen < EDITS_PER_TURN) await news()
  }
}
