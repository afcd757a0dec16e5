import { newId, type ProjectId, type QuestId, type SectionId, type TagId } from '@questlog/shared/domain/ids'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type LaunchedBrowser, launchBrowser } from '../browser.ts'
import { type PersistenceSite, servePersistence } from './persistence-site.ts'

const QUESTS = 10_000
const BUDGET_MS = 150

let site: PersistenceSite
let browser: LaunchedBrowser
beforeAll(async () => {
  site = await servePersistence()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

/** A log's rows: the compacted one, then an edit a row. */
function rowsOfLog(edits: number): string[] {
  const doc = new Y.Doc()
  const document = openQuestDocument(doc, { now: Date.now })
  const write = (index: number) => ({
    table: 'quests' as const,
    id: newId<QuestId>(),
    patch: {
      title: `Quest ${index} of a long list`,
      createdAt: Date.now(),
      rank: `a${index}`,
      priority: index % 4,
      projectId: newId<ProjectId>(),
      sectionId: newId<SectionId>(),
      estimateMinutes: 5 + (index % 90),
      when: '2026-03-14',
      deadline: '2026-04-01',
      color: 'teal',
      [`tags/${newId<TagId>()}`]: true,
      deletedAt: null,
    },
  })
  document.write(Array.from({ length: QUESTS - edits }, (_, index) => write(index)))
  const rows = [Y.encodeStateAsUpdate(doc)]
  doc.on('update', (update: Uint8Array) => rows.push(update))
  for (let edit = 0; edit < edits; edit++) document.write([write(QUESTS - edits + edit)])
  return rows.map((row) => Buffer.from(row).toString('base64'))
}

test.each([0, 400])(
  'a log of ten thousand quests, the last %i in rows of their own, is loaded within its budget',
  async (edits) => {
    const name = `w:load-${edits}:1`
    const page = await site.openTab(browser.context)
    await page.evaluate(([to, rows]) => window.persistence.putUpdates(to, rows), [name, rowsOfLog(edits)] as const)
    const times: number[] = []
    for (let run = 0; run < 5; run++) {
      // A fresh page, whose code is as cold as at a start of the app.
      await page.reload()
      times.push(await page.evaluate((from) => window.persistence.timeLoad(from), name))
    }
    const median = times.toSorted((a, b) => a - b)[2]
    console.info(`load of ${QUESTS} quests, ${edits} rows: ${times.map((time) => time.toFixed(0)).join(', ')} ms`)
    expect(median).toBeLessThanOrEqual(BUDGET_MS)
  },
)
