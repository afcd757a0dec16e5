import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { type LaunchedBrowser, launchBrowser } from '../browser.ts'
import { type PersistenceSite, servePersistence } from './persistence-site.ts'

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

test('two tabs without a network show each other’s edits, and each is on disk once', async () => {
  const [here, there] = [await site.openTab(browser.context), await site.openTab(browser.context)]
  await browser.context.setOffline(true)
  try {
    for (const page of [here, there]) await page.evaluate(() => window.persistence.open('w:offline:1'))
    await here.evaluate(() => window.persistence.push('from here'))
    expect(await there.evaluate(() => window.persistence.untilLength(1))).toEqual(['from here'])
    await there.evaluate(() => window.persistence.push('from there'))
    expect(await here.evaluate(() => window.persistence.untilLength(2))).toEqual(['from here', 'from there'])
    expect(await here.evaluate(() => window.persistence.countRows('w:offline:1', 'updates'))).toBe(2)
  } finally {
    await browser.context.setOffline(false)
  }
  await here.close()
  await there.close()
})

test('an edit made just before its tab closes is in the tab that comes to the front, and on disk', async () => {
  const [here, there] = [await site.openTab(browser.context), await site.openTab(browser.context)]
  for (const page of [here, there]) await page.evaluate(() => window.persistence.open('w:leaving:1'))
  await here.evaluate(() => window.persistence.push('last words'))
  await here.close({ runBeforeUnload: true })
  await vi.waitFor(
    async () => {
      // Headless tabs are always in front: the browser would tell this one that it has become visible.
      await there.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
      expect(await there.evaluate(() => window.persistence.list())).toEqual(['last words'])
    },
    { timeout: 20_000, interval: 50 },
  )
  await there.reload()
  await there.evaluate(() => window.persistence.open('w:leaving:1'))
  expect(await there.evaluate(() => window.persistence.list())).toEqual(['last words'])
  await there.close()
})

test('what a tab wrote and could not tell before it crashed is found on the disk', async () => {
  const [here, there] = [await site.openTab(browser.context), await site.openTab(browser.context)]
  await here.evaluate(() => window.persistence.open('w:untold:1'))
  const edit = new Y.Doc()
  edit.getArray('list').push(['untold'])
  const row = Buffer.from(Y.encodeStateAsUpdate(edit)).toString('base64')
  await there.evaluate((update) => window.persistence.putUpdates('w:untold:1', [update]), row)
  const crashed = there.waitForEvent('crash')
  await there.goto('chrome://crash').catch(() => {})
  await crashed
  expect(await here.evaluate(() => window.persistence.list())).toEqual([])
  expect(await here.evaluate(() => window.persistence.catchUp())).toEqual(['untold'])
  await here.close()
})

test('the socket passes to another tab when its owner closes', async () => {
  const [owner, next] = [await site.openTab(browser.context), await site.openTab(browser.context)]
  await owner.evaluate(() => {
    window.persistence.hold('w:closing:1')
    return window.persistence.untilSocketEvent('owned')
  })
  await next.evaluate(() => window.persistence.hold('w:closing:1'))
  await owner.evaluate(() => window.persistence.publish('saved'))
  await next.evaluate(() => window.persistence.untilSocketEvent('told saved'))
  await owner.close()
  await next.evaluate(() => window.persistence.untilSocketEvent('owned'))
  await next.close()
})

test('the socket passes to another tab when its owner crashes', async () => {
  const [owner, next] = [await site.openTab(browser.context), await site.openTab(browser.context)]
  await owner.evaluate(() => {
    window.persistence.hold('w:crashing:1')
    return window.persistence.untilSocketEvent('owned')
  })
  await next.evaluate(() => window.persistence.hold('w:crashing:1'))
  const crashed = owner.waitForEvent('crash')
  await owner.goto('chrome://crash').catch(() => {})
  await crashed
  await next.evaluate(() => window.persistence.untilSocketEvent('owned'))
  await next.close()
})

test('an owner that hangs is replaced, and disconnects once it runs again', async () => {
  const [owner, next] = [await site.openTab(browser.context), await site.openTab(browser.context)]
  const options = { pingEveryMs: 20, patience: 5 }
  await owner.evaluate((held) => {
    window.persistence.hold('w:frozen:1', held)
    return window.persistence.untilSocketEvent('owned')
  }, options)
  const debug = await browser.context.newCDPSession(owner)
  await debug.send('Debugger.enable')
  await debug.send('Debugger.pause')
  const paused = new Promise((resolve) => debug.once('Debugger.paused', resolve))
  const evaluation = owner.evaluate(() => 0)
  await paused
  await next.evaluate((held) => {
    window.persistence.hold('w:frozen:1', held)
    return window.persistence.untilSocketEvent('owned')
  }, options)
  await debug.send('Debugger.resume')
  await evaluation
  await owner.evaluate(() => window.persistence.untilSocketEvent('lost'))
  expect(await owner.evaluate(() => window.persistence.socketEvents())).toEqual(['owned', 'lost'])
  await owner.close()
  await next.close()
})
