import { waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openAppOnServer, signUp, untilStatus } from '../../testing/open-app-on-server.tsx'
import { addQuests, titles } from '../../testing/screen.ts'

test('what is written without a network waits on the device, is sent when it is back, and is there after a reload', async () => {
  const app = await openAppOnServer()
  await addQuests(app.user, 'First')
  await signUp(app)
  app.network.cut()
  await untilStatus('Offline')
  await addQuests(app.user, 'Second')
  await untilStatus('Offline · 1 unsaved change')
  app.network.restore()
  await untilStatus('Saved')
  await app.reload()
  await waitFor(() => expect(titles()).toEqual(['First', 'Second']))
  await untilStatus('Saved')
})
