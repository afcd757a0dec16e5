import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LaunchedBrowser, launchBrowser } from '../browser.ts'
import { freePort, makeDataDirectory, type QuestlogProcess, startQuestlog } from '../harness/questlog-process.ts'
import { signUp } from './accounts.ts'
import { openDevice } from './device.ts'
import { addQuests, goTo, notes, quest, untilStatus } from './screen.ts'

let browser: LaunchedBrowser
let server: QuestlogProcess
let dataDirectory: Awaited<ReturnType<typeof makeDataDirectory>>
let port: number
beforeAll(async () => {
  dataDirectory = await makeDataDirectory()
  port = await freePort()
  server = await startQuestlog({ dataDirectory: dataDirectory.path, port, environment: { HOST: '0.0.0.0' } })
  // A name as a machine has it in a home network: plain http, no trusted origin.
  browser = await launchBrowser({ args: ['--host-resolver-rules=MAP quests.lan 127.0.0.1'] })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
  await dataDirectory.remove()
})

test.each(['localhost', '127.0.0.1', 'quests.lan'])(
  'the app keeps to its content policy and syncs on http://%s',
  async (host) => {
    const faults: string[] = []
    const device = await openDevice(browser.browser, `http://${host}:${port}`, (fault) => faults.push(fault))
    const page = await device.openTab()
    await addQuests(page, 'Slay the dragon')
    await signUp(page)
    await untilStatus(page, 'Saved')
    await quest(page, 'Slay the dragon').click()
    await notes(page).fill('**Bring** a sword')
    await goTo(page, 'Sync and devices')
    await goTo(page, 'Settings')
    await untilStatus(page, 'Saved')
    expect(faults).toEqual([])
    await device.close()
  },
)

test('a page of the app runs no script that is not a file of the server, and talks to no other server', async () => {
  const device = await openDevice(browser.browser, `http://localhost:${port}`, () => {})
  const page = await device.openTab()
  await page.evaluate(() => {
    const broken = new Set<string>()
    Reflect.set(window, 'broken', broken)
    document.addEventListener('securitypolicyviolation', (event) => broken.add(event.effectiveDirective))
    const elsewhere = 'https://elsewhere.example/'
    const button = Object.assign(document.createElement('button'), { type: 'button' })
    button.setAttribute('onclick', 'window.hasRun = "a handler"')
    document.body.append(
      Object.assign(document.createElement('script'), { textContent: 'window.hasRun = "an inline script"' }),
      Object.assign(document.createElement('script'), { src: elsewhere }),
      Object.assign(document.createElement('img'), { src: elsewhere }),
      Object.assign(document.createElement('iframe'), { src: elsewhere }),
      Object.assign(document.createElement('base'), { href: elsewhere }),
      button,
    )
    button.click()
    // A string handed to a timer is evaluated as code.
    Reflect.apply(setTimeout, window, ['window.hasRun = "a string"', 0])
    fetch(elsewhere).catch(() => null)
  })
  const broken = () => page.evaluate(() => [...(Reflect.get(window, 'broken') as Set<string>)].sort())
  await expect
    .poll(broken)
    .toEqual(['base-uri', 'connect-src', 'frame-src', 'img-src', 'script-src', 'script-src-attr', 'script-src-elem'])
  expect(await page.evaluate(() => Reflect.get(window, 'hasRun'))).toBeUndefined()
  await device.close()
})
