import { locks } from 'node:worker_threads'
import type { Session } from '@questlog/shared/client/session/session'
import { act, cleanup, render, screen } from '@testing-library/react'
import { type UserEvent, userEvent } from '@testing-library/user-event'
import { IDBFactory } from 'fake-indexeddb'
import { inject, onTestFinished, vi } from 'vitest'
import { App } from '../shell/App.tsx'
import { createWebSession } from '../shell/create-web-session.ts'
import { preloadParts } from '../ui/preload-parts.ts'
import { type Network, openNetwork } from './network.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A whole server that all tests of screens share: each has people of its own. */
    readonly appServer: {
      readonly url: string
      /** Answers with the text of the next mail to the address that is asked for with `?to=`. */
      readonly mailboxUrl: string
      /** Opens servers with settings of their own, and disturbs their databases: see `own-server.ts`. */
      readonly ownServersUrl: string
    }
  }
}

declare global {
  interface Window {
    /** This DOM's own controls. */
    readonly happyDOM: { setURL(url: string): void }
  }
}

/** The app on a device, with a real server behind it. */
export interface AppOnServer {
  readonly user: UserEvent
  readonly session: Session
  readonly network: Network
  /** Loads the page again, at the same address or another one. */
  reload(path?: string): Promise<void>
}

/** What a person signs in with. */
export interface Credentials {
  readonly email: string
  readonly password: string
}

/**
 * Opens the whole app on a new device, over the browser's own ports (its disk in memory) and a real server, the one that
 * all share unless another is named. It is closed when the test is over.
 */
export async function openAppOnServer(path = '/', serverUrl = inject('appServer').url): Promise<AppOnServer> {
  const network = await openNetwork(serverUrl)
  globalThis.indexedDB = new IDBFactory()
  localStorage.clear()
  sessionStorage.clear()
  localStorage.setItem('questlog.storage-told', 'yes')
  // A browser has them where the page is a secure context, as on this machine's own address.
  Object.defineProperty(navigator, 'locks', { configurable: true, value: locks })
  let session = await load(network.url + path)
  onTestFinished(async () => {
    await leave(session)
    await network.close()
  })
  return {
    user: userEvent.setup({ delay: null }),
    get session() {
      return session
    },
    network,
    async reload(to = location.pathname) {
      await leave(session)
      session = await load(network.url + to)
    },
  }
}

/** Of the page that is open: a browser closes them with it. */
const channels = new Set<BroadcastChannel>()

async function load(url: string): Promise<Session> {
  window.happyDOM.setURL(url)
  vi.stubGlobal(
    'BroadcastChannel',
    class extends BroadcastChannel {
      constructor(name: string) {
        super(name)
        channels.add(this)
      }
    },
  )
  const session = createWebSession()
  await session.start()
  await preloadParts()
  await act(async () => void render(<App session={session} />))
  // As after the first paint.
  session.sendWaiting()
  window.addEventListener('online', session.sendWaiting)
  return session
}

/** Closes the page: it hears of it, as in a browser, and leaves the socket to the next. */
async function leave(session: Session): Promise<void> {
  window.removeEventListener('online', session.sendWaiting)
  window.dispatchEvent(new Event('pagehide'))
  cleanup()
  await session.state.getState().workspace?.close()
  for (const channel of channels) channel.close()
  channels.clear()
  vi.unstubAllGlobals()
}

/** Credentials nobody has yet. */
export function newCredentials(): Credentials {
  return { email: `${crypto.randomUUID()}@example.org`, password: `correct horse ${crypto.randomUUID()}` }
}

/** Makes an account, past the screen for it, and waits until the log is saved there. */
export async function signUp(
  { session }: Pick<AppOnServer, 'session'>,
  credentials = newCredentials(),
  displayName = 'Ada',
): Promise<Credentials> {
  const signedUp = await act(() => session.signUp({ ...credentials, displayName, claimsLocalLog: true }))
  if (!signedUp.ok) throw new Error(`no account was made: ${JSON.stringify(signedUp.error)}`)
  await untilStatus('Saved')
  return credentials
}

/** Resolves when the app says this of where the edits are. */
export async function untilStatus(text: string): Promise<void> {
  await screen.findByRole('link', { name: `Sync: ${text}` })
}
