import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LaunchedBrowser, launchBrowser } from '../browser.ts'
import { freePort, makeDataDirectory, type QuestlogProcess, startQuestlog } from '../harness/questlog-process.ts'

let browser: LaunchedBrowser
let server: QuestlogProcess
let dataDirectory: Awaited<ReturnType<typeof makeDataDirectory>>
beforeAll(async () => {
  dataDirectory = await makeDataDirectory()
  server = await startQuestlog({ dataDirectory: dataDirectory.path, port: await freePort() })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
  await dataDirectory.remove()
})

test("the API's page shows every operation and tries one, under the app's own content policy", async () => {
  const page = await browser.context.newPage()
  const faults: string[] = []
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(`${server.url}/api/docs`)
  const operation = page.locator('#operations-Accounts-listSigningKeys')
  await operation.waitFor()
  const document = await (await fetch(`${server.url}/api/v1/openapi.json`)).json()
  const paths: Record<string, object>[] = Object.values(document.paths)
  const operations = paths.flatMap((path) => Object.keys(path)).length
  await expect.poll(() => page.locator('.opblock').count()).toBe(operations)

  await operation.click()
  await operation.getByRole('button', { name: 'Try it out' }).click()
  await operation.getByRole('button', { name: 'Execute' }).click()
  const status = operation.locator('.live-responses-table .response-col_status').last()
  await expect.poll(async () => (await status.textContent())?.trim()).toMatch(/^200/)
  expect(faults).toEqual([])
  expect(page.url()).toMatch(/\/api\/docs/)
})
