import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { type PersistenceSite, servePersistence } from './persistence-site.ts'

let site: PersistenceSite
beforeAll(async () => {
  site = await servePersistence()
})
afterAll(() => site.close())

test('a browser killed right after flush has lost nothing', async () => {
  let browser = await launchBrowser()
  const { profileDirectory } = browser
  try {
    for (let round = 1; round <= 3; round++) {
      const page = await site.openTab(browser.context)
      await page.evaluate(() => window.persistence.open('w:killed:1'))
      expect(await page.evaluate(() => window.persistence.list().length)).toBe((round - 1) * 60)
      const flushed = await page.evaluate(() => {
        // Enough for the write to take longer than the way of the kill.
        for (let edit = 0; edit < 60; edit++) window.persistence.pushNoise(100_000)
        return window.persistence.flush()
      })
      expect(flushed).toBe('on disk')
      await browser.kill()
      browser = await launchBrowser({ profileDirectory })
    }
    const page = await site.openTab(browser.context)
    await page.evaluate(() => window.persistence.open('w:killed:1'))
    expect(await page.evaluate(() => window.persistence.list().length)).toBe(180)
  } finally {
    await browser.close()
    await rm(profileDirectory, { recursive: true, force: true })
  }
})

test('a full disk is reported, loses nothing that was written, and is recovered from by a flush once there is room', async () => {
  const browser = await launchBrowser()
  try {
    const page = await site.openTab(browser.context)
    const session = await browser.context.newCDPSession(page)
    // Before anything is stored: Chromium remembers for a while how much room it last found.
    await session.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: 1_000_000 })
    await page.evaluate(async () => {
      await window.persistence.open('w:full:1')
      window.persistence.push('written')
      await window.persistence.flush()
    })
    const failed = await page.evaluate(() => {
      window.persistence.pushNoise(2_000_000)
      return window.persistence.flush()
    })
    expect(failed).toBe('quota-exceeded')
    expect(await page.evaluate(() => window.persistence.errors())).toContain('quota-exceeded')

    const other = await site.openTab(browser.context)
    await other.evaluate(() => window.persistence.open('w:full:1'))
    expect(await other.evaluate(() => window.persistence.list())).toEqual(['written'])
    await other.close()

    await session.send('Storage.overrideQuotaForOrigin', { origin: site.origin })
    await page.evaluate(() => window.persistence.push('after'))
    expect(await page.evaluate(() => window.persistence.flush())).toBe('on disk')
    await page.reload()
    await page.evaluate(() => window.persistence.open('w:full:1'))
    const list = await page.evaluate(() => window.persistence.list().map((value) => value.slice(0, 10)))
    expect([list[0], list.length, list[2]]).toEqual(['written', 3, 'after'])
  } finally {
    await browser.close()
  }
})

test('a row that does not decode is set aside and stops no other', async () => {
  const browser = await launchBrowser()
  try {
    const page = await site.openTab(browser.context)
    await page.evaluate(async () => {
      await window.persistence.open('w:corrupt:1')
      window.persistence.push('sound')
      await window.persistence.flush()
      await window.persistence.putRow('w:corrupt:1', new Uint8Array([1, 9, 255, 255, 3]))
    })
    await page.reload()
    await page.evaluate(() => window.persistence.open('w:corrupt:1'))
    expect(await page.evaluate(() => window.persistence.list())).toEqual(['sound'])
    expect(await page.evaluate(() => window.persistence.errors())).toEqual(['corrupt'])
    expect(await page.evaluate(() => window.persistence.countRows('w:corrupt:1', 'quarantine'))).toBe(1)
    expect(await page.evaluate(() => window.persistence.countRows('w:corrupt:1', 'updates'))).toBe(1)
  } finally {
    await browser.close()
  }
})

test('data cleared by the browser under an open document is reported, and a flush writes the document again', async () => {
  const browser = await launchBrowser()
  try {
    const page = await site.openTab(browser.context)
    await page.evaluate(async () => {
      await window.persistence.open('w:cleared:1')
      window.persistence.push('kept in memory')
      await window.persistence.flush()
    })
    const session = await browser.context.newCDPSession(page)
    await session.send('Storage.clearDataForOrigin', { origin: site.origin, storageTypes: 'indexeddb' })
    expect(await page.evaluate(() => window.persistence.untilError())).toBe('closed')
    expect(await page.evaluate(() => window.persistence.flush())).toBe('on disk')
    await page.reload()
    await page.evaluate(() => window.persistence.open('w:cleared:1'))
    expect(await page.evaluate(() => window.persistence.list())).toEqual(['kept in memory'])
  } finally {
    await browser.close()
  }
})
