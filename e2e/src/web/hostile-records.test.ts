import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { type HostileRecord, hostileRecords } from '@questlog/shared/testing/hostile-records'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openSavedDevice } from './saved-device.ts'
import { untilStatus } from './screen.ts'
import { appendToLog } from './server-log.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => site.startServer())
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

/** One record for each hostile value that a moment or a date can be, and for each field that is another's name. */
function chosen(): readonly HostileRecord[] {
  return hostileRecords().filter(({ table, path }) => table === 'projects' || /At$|due|constructor|toString/.test(path))
}

function updateWith(records: readonly HostileRecord[]): Uint8Array {
  const doc = new Y.Doc()
  openQuestDocument(doc, { now: Date.now }).write(records)
  return Y.encodeStateAsUpdate(doc)
}

test('records with values that no calendar has break no screen', async () => {
  const { page, document } = await openSavedDevice(site, 'Readable')
  await site.killServer()
  await appendToLog(site.database, document, updateWith(chosen()))
  await site.startServer()
  for (const [path, heading] of [
    ['/', 'Inbox'],
    ['/today', 'Today'],
    ['/trash', 'Trash'],
    ['/projects', 'Projects'],
    ['/activity', 'Activity'],
  ] as const) {
    await page.goto(new URL(path, page.url()).href)
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    await untilStatus(page, 'Saved')
    // A quest put into the Trash at an impossible time is shown there with the latest time there is.
    if (path === '/trash') await page.getByRole('list', { name: 'Trash' }).getByText('9999').first().waitFor()
    expect([path, await page.getByRole('alert').count()]).toEqual([path, 0])
  }
})
