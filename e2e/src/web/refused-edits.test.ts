import * as encoding from 'lib0/encoding'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { signIn as signInScript } from '../harness/account.ts'
import { createWireClient } from '../harness/wire-client.ts'
import { takePictures } from './pictures.ts'
import { expectOnServer, openSavedDevice, untilRefused } from './saved-device.ts'
import { addQuests, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

test('a person who sends too much at once is told so, and is let in again without being asked', async () => {
  const { page, credentials, document } = await openSavedDevice(site, 'Saved before')
  const script = await signInScript(site.url, { ...credentials, userId: '', accessToken: '', document })
  const flood = encoding.encode((encoder) => {
    encoding.writeVarString(encoder, document)
    encoding.writeVarUint(encoder, 9)
  })
  const sockets = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const wire = createWireClient({
        socketUrl: `${site.url.replace('http', 'ws')}/sync`,
        document,
        token: script.accessToken,
      })
      await wire.connect()
      return wire
    }),
  )
  for (const wire of sockets) for (let frame = 0; frame < 2_900; frame++) wire.sendRaw(flood)
  await Promise.all(sockets.map((wire) => wire.settled()))
  await addQuests(page, 'Written in the crowd')
  await untilRefused(page, 'Too many edits at once.')
  for (const wire of sockets) wire.disconnect()
  await untilStatus(page, 'Not accepted · 1 unsaved change')
  await takePictures(page, 'refused-rate-limited')
  await page.getByRole('link', { name: 'Sync: Saved', exact: true }).waitFor({ timeout: 60_000 })
  await expectOnServer(site, credentials, 'Saved before', 'Written in the crowd')
})
