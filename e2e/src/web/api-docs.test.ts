import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

test("the API's page shows every operation and tries one, under the app's own content policy", async () => {
  const page = await (await site.openDevice()).openTab('/api/docs')
  const operation = page.locator('#operations-Accounts-listSigningKeys')
  await operation.waitFor()
  const document = await (await fetch(`${site.url}/api/v1/openapi.json`)).json()
  const paths: Record<string, object>[] = Object.values(document.paths)
  const operations = paths.flatMap((path) => Object.keys(path)).length
  await expect.poll(() => page.locator('.opblock').count()).toBe(operations)

  await operation.click()
  await operation.getByRole('button', { name: 'Try it out' }).click()
  await operation.getByRole('button', { name: 'Execute' }).click()
  const status = operation.locator('.live-responses-table .response-col_status').last()
  await expect.poll(async () => (await status.textContent())?.trim()).toMatch(/^200/)
  expect(site.takeFaults()).toEqual([])
  expect(page.url()).toMatch(/\/api\/docs/)
})
