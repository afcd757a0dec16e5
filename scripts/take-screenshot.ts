import { fileURLToPath } from 'node:url'
import { launchBrowser } from '../e2e/src/browser.ts'
import { freePort, makeDataDirectory, startQuestlog } from '../e2e/src/harness/questlog-process.ts'

const picture = fileURLToPath(new URL('../docs/screenshot.png', import.meta.url))
const size = { width: 1440, height: 900 }

/** Takes the picture of the README; run by hand after a build of the web app. All in it is written through the page. */
async function takeScreenshot(): Promise<void> {
  const dataDirectory = await makeDataDirectory()
  const server = await startQuestlog({ dataDirectory: dataDirectory.path, port: await freePort() })
  const launched = await launchBrowser()
  const context = await launched.browser.newContext({ viewport: size, locale: 'en-GB', colorScheme: 'light' })
  const page = await context.newPage()
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  const type = async (field: string, ...lines: readonly string[]) => {
    for (const line of lines) {
      await page.getByRole('textbox', { name: field, exact: true }).fill(line)
      await page.keyboard.press('Enter')
    }
  }
  /** Picks something for a quest by its key: d due, t tag, m project. */
  const pick = async (title: string, key: string, text: string) => {
    await page.getByRole('main').getByRole('link', { name: title, exact: true }).focus()
    await page.keyboard.press(key)
    await page.getByRole('dialog').getByRole('combobox').fill(text)
    await page.getByRole('option').first().click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  try {
    await page.goto(`${server.url}/sign-up`)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada')
    await page.getByLabel('E-mail').fill('ada@example.org')
    await page.getByLabel('Password').fill('three quiet words')
    await page.getByRole('button', { name: 'Create account' }).click()
    await heading('Inbox').waitFor()
    for (const name of ['Home', 'Garden', 'Trip to Lisbon']) {
      await page.getByRole('button', { name: 'New project' }).first().click()
      await type('Name', name)
      await heading(name).waitFor()
    }
    await page.getByRole('link', { name: /^Today/ }).click()
    await heading('Today').waitFor()
    await type('Add a quest for today', ...today)
    for (const [title, project] of projects) await pick(title, 'm', project)
    for (const [title, tag] of tags) await pick(title, 't', tag)
    for (const [title, day] of days) await pick(title, 'd', day)
    for (const [title, priority] of priorities) {
      await page.getByRole('main').getByRole('link', { name: title, exact: true }).focus()
      await page.keyboard.press(priority)
    }
    for (const title of done) await page.getByRole('checkbox', { name: `Complete ${title}` }).click()
    await page.getByRole('main').getByRole('link', { name: 'Book the flights', exact: true }).click()
    await type(
      'Add a step',
      'Compare the night and the morning flight',
      'Ask about the surfboard',
      'Pay and save the tickets',
    )
    await page.getByRole('checkbox', { name: 'Step done: Compare the night and the morning flight' }).click()
    await page.getByRole('textbox', { name: 'Notes' }).click()
    await page.keyboard.insertText(
      '**Out** on Thursday, home on Monday.\n\n- two bags, one board\n- seats by the window',
    )
    await page.getByRole('link', { name: 'Sync: Saved', exact: true }).waitFor()
    await page.mouse.move(0, 0)
    await page.waitForTimeout(1000)
    await page.screenshot({ path: picture })
  } finally {
    await launched.close()
    await server.stop()
    await dataDirectory.remove()
  }
}

const today = [
  'Book the flights',
  'Call the plumber about the sink',
  'Water the tomatoes',
  'Return the library books',
  'Reply to the landlord',
  'Order seeds for the spring',
  'Walk around the lake',
]
const projects = [
  ['Book the flights', 'Trip to Lisbon'],
  ['Call the plumber about the sink', 'Home'],
  ['Reply to the landlord', 'Home'],
  ['Water the tomatoes', 'Garden'],
  ['Order seeds for the spring', 'Garden'],
] as const
const tags = [
  ['Call the plumber about the sink', 'phone'],
  ['Return the library books', 'town'],
] as const
const yesterday = new Date(Date.now() - 86_400_000).toLocaleDateString('sv')
const days = [['Reply to the landlord', yesterday]] as const
const priorities = [
  ['Book the flights', '1'],
  ['Call the plumber about the sink', '2'],
  ['Reply to the landlord', '2'],
] as const
const done = ['Walk around the lake', 'Water the tomatoes']

await takeScreenshot()
