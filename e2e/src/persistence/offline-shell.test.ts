import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type LaunchedBrowser, launchBrowser } from '../browser.ts'
import { buildShell, type ShellSite, type ShellVersion, serveShell } from './shell-site.ts'

let browser: LaunchedBrowser
let versions: readonly [ShellVersion, ShellVersion]
beforeAll(async () => {
  versions = await Promise.all([buildShell('version one'), buildShell('version two')])
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await Promise.all(versions.map((version) => version.remove()))
})

let site: ShellSite
let device: BrowserContext
let page: Page
beforeEach(async () => {
  site = await serveShell(versions[0])
  device = await browser.browser.newContext()
  page = await device.newPage()
  await page.goto(site.origin)
  await page.evaluate(() => window.shell.isOfflineReady)
  // The page that installed the worker is not controlled by it; the next one is.
  await page.reload()
})
afterEach(async () => {
  await device.close()
  await site.stop()
})

test('once installed the shell opens without a network, at any of its addresses', async () => {
  await site.stop()
  await page.goto(`${site.origin}/`)
  expect(await page.textContent('h1')).toBe('version one')
  await page.goto(`${site.origin}/quests/01K0?view=board`)
  expect(await page.textContent('h1')).toBe('version one')
})

test('the server’s own addresses are never answered from a cache, nor with the shell', async () => {
  const ask = () =>
    page.evaluate(() =>
      fetch('/api/v1/count').then(
        (response) => response.text(),
        () => 'no answer',
      ),
    )
  const first = Number(await ask())
  expect(await ask()).toBe(`${first + 1}`)
  await site.stop()
  expect(await ask()).toBe('no answer')
  for (const path of ['/api/v1/docs', '/sync', '/health/ready', '/metrics']) {
    await expect(page.goto(site.origin + path)).rejects.toThrow('ERR_CONNECTION_REFUSED')
  }
})

test('a new version waits until the person asks for it', async () => {
  site.deploy(versions[1])
  await page.reload()
  await page.evaluate(() => window.shell.update)
  expect(await page.textContent('h1')).toBe('version one')
  await page.reload()
  expect(await page.textContent('h1')).toBe('version one')
  const reloaded = page.waitForEvent('load')
  await page.evaluate(() => window.shell.update.then((apply) => apply()))
  await reloaded
  expect(await page.textContent('h1')).toBe('version two')
})
