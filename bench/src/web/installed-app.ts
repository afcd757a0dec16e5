import type { BrowserContext, Page } from 'playwright-core'
import * as Y from 'yjs'
import { openContender } from '../store/contenders.ts'
import { sampleQuests } from '../store/sample-quests.ts'

/** Opens a page once with its server running, until its service worker can answer without. */
export async function install(context: BrowserContext, origin: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(origin)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.close()
}

/** Writes quests of the Inbox into the log that the installed app made on its first start. */
export async function fillLog(context: BrowserContext, origin: string, quests: number): Promise<void> {
  const store = openContender('questlog', new Y.Doc())
  store.add(sampleQuests(quests).map(({ id, fields: { projectId: _, ...fields } }) => ({ id, fields })))
  const update = Buffer.from(Y.encodeStateAsUpdate(store.doc)).toString('base64')
  const page = await context.newPage()
  // Not the app itself: it would have the log open.
  await page.goto(`${origin}/icon.svg`)
  await page.evaluate(addRow, update)
  await page.close()
}

async function addRow(update: string): Promise<void> {
  const databases = await indexedDB.databases()
  const name = databases.find((database) => database.name?.startsWith('questlog/'))?.name
  if (name === undefined) throw new Error('the app made no log')
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('updates', 'readwrite', { durability: 'strict' })
      transaction.objectStore('updates').add(Uint8Array.from(atob(update), (character) => character.charCodeAt(0)))
      transaction.onabort = () => reject(transaction.error)
      transaction.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  })
}

/** When a page showed something, in milliseconds from the start of its navigation. */
export interface Painted {
  readonly firstContentfulMs: number
  /** The frame after the wanted element came into the page. */
  readonly wantedMs: number
}

/** Opens an installed page and waits until it shows an element. */
export async function openAndTime(context: BrowserContext, origin: string, wanted: string): Promise<Painted> {
  const page = await context.newPage()
  await page.addInitScript(noteWhenShown, wanted)
  await page.goto(origin, { waitUntil: 'commit' })
  const handle = await page.waitForFunction(() => Reflect.get(globalThis, 'wantedShownMs'))
  const wantedMs = Number(await handle.jsonValue())
  const firstPaint = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  )
  const firstContentfulMs = Number(await firstPaint.jsonValue())
  await page.close()
  return { firstContentfulMs, wantedMs: Math.max(wantedMs, firstContentfulMs) }
}

function noteWhenShown(selector: string): void {
  const look = () => {
    if (document.querySelector(selector) === null) return
    observer.disconnect()
    // The callback runs before the frame is painted; a task after it, once it is.
    requestAnimationFrame(() => setTimeout(() => Reflect.set(globalThis, 'wantedShownMs', performance.now())))
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { childList: true, subtree: true })
}

/** Ticks the first open quests of the list off, one by one; the script time of each in milliseconds. */
export async function completeQuests(page: Page, count: number): Promise<readonly number[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const scriptMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN) * 1_000
  }
  const samples: number[] = []
  for (let n = 0; n < count; n += 1) {
    const before = await scriptMs()
    await page.locator('[data-quest] [role=checkbox][aria-checked=false]').first().click()
    // The disk write and what else follows belong to it.
    await page.waitForTimeout(400)
    samples.push((await scriptMs()) - before)
  }
  await session.detach()
  return samples
}
