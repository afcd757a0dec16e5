import { afterAll, beforeAll, expect, test } from 'vitest'
import { signUp } from './accounts.ts'
import { addQuests, goTo, notes, quest, untilInstalled, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

async function openPage(host: string) {
  const { context } = await site.openDevice()
  const page = await context.newPage()
  await page.goto(site.url.replace('127.0.0.1', host))
  return page
}

// The last is a name as a machine has it in a home network: plain http, no trusted origin.
test.each(['localhost', '127.0.0.1', 'quests.test'])(
  'the app keeps to its content policy and syncs on http://%s',
  async (host) => {
    const page = await openPage(host)
    await addQuests(page, 'Slay the dragon')
    await signUp(page)
    await untilStatus(page, 'Saved')
    await quest(page, 'Slay the dragon').click()
    await notes(page).fill('**Bring** a sword')
    await goTo(page, 'Sync and devices')
    await goTo(page, 'Settings')
    await untilStatus(page, 'Saved')
    if (await page.evaluate(() => isSecureContext)) await untilInstalled(page)
    expect(site.takeFaults()).toEqual([])
  },
)

test('a page of the app runs no script that is not a file of the server, and talks to no other server', async () => {
  const page = await openPage('localhost')
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
})
