import { afterAll, beforeAll, expect, test } from 'vitest'
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

test('an edit made as its tab closes reaches the other tab, and is on disk', async () => {
  const [here, there] = [await site.openTab(browser.context), await site.openTab(browser.context)]
  for (const page of [here, there]) await page.evaluate(() => window.persistence.open('w:leaving:1'))
  await here.evaluate(() => {
    window.addEventListener('pagehide', () => window.persistence.push('last words'), { capture: true })
  })
  await here.close({ runBeforeUnload: true })
  expect(await there.evaluate(() => window.persistence.untilLength(1))).toEqual(['last words'])
  await there.reload()
  await there.evaluate(() => window.persistence.open('w:leaving:1'))
  expect(await there.evaluate(() => window.persistence.list())).toEqual(['last words'])
  await there.close()
})

test('what a tab wrote and could not tell before it crashed is read by the others, who are behind until then', async () => {
  const [here, there] = [await site.openTab(browser.context), await site.openTab(browser.context)]
  for (const page of [here, there]) await page.evaluate(() => window.persistence.open('w:untold:1'))
  await here.evaluate(() => window.persistence.untilCaughtUp())
  await there.evaluate(() => {
    BroadcastChannel.prototype.postMessage = () => {}
    window.persistence.push('untold')
  })
  const crashed = there.waitForEvent('crash')
  await there.goto('chrome://crash').catch(() => {})
  await crashed
  expect(await here.evaluate(() => window.persistence.untilLength(1))).toEqual(['untold'])
  await here.evaluate(() => window.persistence.untilCaughtUp())
  const counts = await here.evaluate(() => window.persistence.countsWhenCaughtUp())
  expect(counts).toEqual([0, 1])
  await here.close()
})

test('a tab that hangs while it writes leaves the others behind, until its write is over', async () => {
  const [here, there] = [await site.openTab(browser.context), await site.openTab(browser.context)]
  for (const page of [here, there]) await page.evaluate(() => window.persistence.open('w:hanging:1'))
  await here.evaluate(() => window.persistence.untilCaughtUp())
  const debug = await browser.context.newCDPSession(there)
  await debug.send('Debugger.enable')
  const paused = new Promise((resolve) => debug.once('Debugger.paused', resolve))
  const evaluation = there.evaluate(() => {
    BroadcastChannel.prototype.postMessage = () => {}
    const { transaction } = IDBDatabase.prototype
    IDBDatabase.prototype.transaction = function (...wanted) {
      // biome-ignore lint/suspicious/noDebugger: the tab stops between announcing and writing.
      if (wanted[1] === 'readwrite') debugger
      return transaction.apply(this, wanted)
    }
    window.persistence.push('slowly')
  })
  await paused
  await here.evaluate(() => window.persistence.untilBehind())
  expect(await here.evaluate(() => window.persistence.countsWhenCaughtUp())).toEqual([0])
  await debug.send('Debugger.resume')
  await evaluation
  await here.evaluate(() => window.persistence.untilCaughtUp())
  expect(await here.evaluate(() => window.persistence.countsWhenCaughtUp())).toEqual([0, 1])
  await here.close()
  await there.close()
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
  await owner.evaluate(() => {
    window.persistence.hold('w:frozen:1')
    return window.persistence.untilSocketEvent('owned')
  })
  const debug = await browser.context.newCDPSession(owner)
  await debug.send('Debugger.enable')
  await debug.send('Debugger.pause')
  const paused = new Promise((resolve) => debug.once('Debugger.paused', resolve))
  const evaluation = owner.evaluate(() => 0)
  await paused
  await next.evaluate(() => {
    // It alone: the other, once it runs again, must not find a busy machine's owner frozen.
    window.persistence.hold('w:frozen:1', { pingEveryMs: 20, patience: 5 })
    return window.persistence.untilSocketEvent('owned')
  })
  await debug.send('Debugger.resume')
  await evaluation
  await owner.evaluate(() => window.persistence.untilSocketEvent('lost'))
  expect(await owner.evaluate(() => window.persistence.socketEvents())).toEqual(['owned', 'lost'])
  await owner.close()
  await next.close()
})
