import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { giveRole, joinAsBen, openOwner, openPartyPage, untilAnswered, untilDone, watchFor } from './parties.ts'
import { takePictures } from './pictures.ts'
import { addQuests, checkbox, goTo, notes, quest, quickAdd, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

/** How long a screen may take to tell of a role, in milliseconds; how soon a test looks at it does not count. */
const roleHeardMs = 1_000

test('who opens an invitation link joins, and both see each other’s edits live; of another role, and of being removed, they hear within a second', async () => {
  const { page: ada, link } = await openOwner(site, 'Raiders')
  expect(await violations(ada)).toEqual([])
  await takePictures(ada, 'party-owner')
  const ben = await (await site.openDevice()).openTab(new URL(link).pathname + new URL(link).hash)
  await ben.getByText('Ada invites you to Raiders.').waitFor()
  expect(new URL(ben.url()).hash).toBe('')
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-join')
  await joinAsBen(ben, 'Raiders')
  await ben.getByRole('button', { name: 'Change log, now Raiders' }).waitFor()
  await untilStatus(ben, 'Saved')

  await addQuests(ben, 'Scout the pass')
  await goTo(ada, 'Inbox')
  await quest(ada, 'Scout the pass').waitFor()
  await addQuests(ada, 'Bring rope')
  await quest(ben, 'Bring rope').waitFor()
  await checkbox(ada, 'Scout the pass').click()
  await untilDone(ben, 'Scout the pass')
  await quest(ben, 'Bring rope').click()
  await notes(ben).click()
  await ben.keyboard.type('As member')
  await untilStatus(ben, 'Saved')

  await openPartyPage(ada)
  const isLowered = await watchFor(ben, 'You are a viewer in Raiders.')
  const loweredAt = await giveRole(ada, 'Ben', 'Viewer')
  expect((await isLowered()) - loweredAt).toBeLessThan(roleHeardMs)
  await expect.poll(() => notes(ben).getAttribute('contenteditable')).toBe('false')
  await expect.poll(() => quickAdd(ben).isDisabled()).toBe(true)
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-viewer')
  await giveRole(ada, 'Ben', 'Member')
  await expect.poll(() => quickAdd(ben).isEnabled()).toBe(true)
  await notes(ben).click()
  await ben.keyboard.press('End')
  await ben.keyboard.type(', twice')
  await expect.poll(() => notes(ben).textContent()).toBe('As member, twice')

  await ada.getByRole('button', { name: 'More about Ben' }).click()
  await ada.getByRole('menuitem', { name: 'Remove from party' }).click()
  await ada.getByRole('dialog').getByRole('button', { name: 'Remove from party' }).waitFor()
  expect(await violations(ada)).toEqual([])
  const isRemoved = await watchFor(ben, 'You no longer belong to Raiders.')
  const removedAt = await untilAnswered(ada, 'DELETE', () =>
    ada.getByRole('dialog').getByRole('button', { name: 'Remove from party' }).click(),
  )
  expect((await isRemoved()) - removedAt).toBeLessThan(roleHeardMs)
  const notice = ben.getByRole('alert').filter({ hasText: 'You no longer belong to Raiders.' })
  await notice.getByRole('button', { name: 'Remove from this device' }).waitFor()
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-removed')
})

/** Asks REST as Ada, who is at no device. */
async function askAsAda(): Promise<(method: string, path: string, body?: object) => Promise<unknown>> {
  const body = { email: `${crypto.randomUUID()}@example.org`, password: crypto.randomUUID(), displayName: 'Ada' }
  const ask = async (token: string, method: string, path: string, content?: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const init = content === undefined ? { headers } : { headers, body: JSON.stringify(content) }
    return (await fetch(`${site.url}/api/v1${path}`, { method, ...init })).json()
  }
  const { accessToken } = (await ask('', 'POST', '/auth/register', body)) as { readonly accessToken: string }
  return (...request) => ask(accessToken, ...request)
}

test('a guest completes what is assigned to them, in light and dark', async () => {
  const ask = await askAsAda()
  const { id } = (await ask('POST', '/workspaces', { name: 'Inn', kind: 'party' })) as { readonly id: string }
  const invitation = { role: 'guest', expiresInDays: 1, maxUses: 1 }
  const { token } = (await ask('POST', `/workspaces/${id}/invitations`, invitation)) as { readonly token: string }
  const ben = await (await site.openDevice()).openTab(`/join#${token}`)
  await joinAsBen(ben, 'Inn')
  await ben.getByRole('heading', { level: 2, name: 'Nothing is assigned to you' }).waitFor()
  const { items } = (await ask('GET', `/workspaces/${id}/members`)) as {
    readonly items: readonly { readonly userId: string }[]
  }
  const assignees = items.map(({ userId }) => userId)
  await ask('POST', '/quests', { workspaceId: id, title: 'Sweep the floor', assignees })
  await ben.reload()
  const box = ben.getByRole('checkbox', { name: 'Sweep the floor' })
  await box.click()
  await expect.poll(() => box.isChecked()).toBe(true)
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-assigned')
})
