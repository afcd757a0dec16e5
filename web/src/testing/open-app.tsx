import { makeDevice } from '@questlog/shared/client/testing/devices'
import { openTestSession } from '@questlog/shared/client/testing/open-test-session'
import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { act, render } from '@testing-library/react'
import { type UserEvent, userEvent } from '@testing-library/user-event'
import { App } from '../shell/App.tsx'
import { preloadParts } from '../ui/preload-parts.ts'
import { deviceZone } from '../ui/use-today.ts'

type TestSessionDeps = NonNullable<Parameters<typeof openTestSession>[0]>

/** The app on screen, and the hands of a person. */
export interface OpenedApp {
  readonly user: UserEvent
  readonly session: Awaited<ReturnType<typeof openTestSession>>
  /** The log on screen. */
  readonly workspace: Workspace
}

/**
 * Opens the whole app at an address, with all its parts there: a real session and log on a disk in memory, no server.
 * What stands in for the server or the disk comes in `deps`.
 */
export async function openApp(path = '/', deps: TestSessionDeps = {}): Promise<OpenedApp> {
  history.replaceState(null, '', path)
  const device = makeDevice({ now: () => Date.now(), timeZone: deviceZone })
  const session = await openTestSession({ open: (ref) => device.open(ref), ...deps })
  const { workspace } = session.state.getState()
  if (workspace === null) throw new Error('no log was opened')
  await preloadParts()
  const user = userEvent.setup()
  await act(async () => void render(<App session={session} />))
  return { user, session, workspace }
}
