import { act, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { violations } from '../testing/axe.ts'
import { type AppOnServer, openAppOnServer } from '../testing/open-app-on-server.tsx'
import { addQuests, titles } from '../testing/screen.ts'

/** Writes an element into the log on screen that no version of the app reads as an entry. */
function writeUnreadable({ session }: AppOnServer): void {
  act(() =>
    session.state
      .getState()
      .workspace?.doc.getArray('quests')
      .push([{ title: 'Unreadable' }]),
  )
}

const notice = (count: string) => screen.findByText(`${count} could not be read.`)

test('an entry on this device that cannot be read is counted in a notice, and the log works without the server as before', async () => {
  const app = await openAppOnServer()
  await addQuests(app.user, 'Readable')
  writeUnreadable(app)
  await app.reload()
  await notice('1 entry')
  expect(await violations()).toEqual([])
  app.network.cut()
  await addQuests(app.user, 'Written beside it')
  await app.reload()
  await waitFor(() => expect(titles()).toEqual(['Readable', 'Written beside it']))
  await notice('1 entry')
})
