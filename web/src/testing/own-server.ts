import { inject, onTestFinished } from 'vitest'
import { send } from './person-elsewhere.ts'

/** A server with settings and people of its own, whose database a test may disturb. */
export interface OwnServer {
  readonly url: string
  /** Asks its database, past the server: for what no request can bring about. */
  query(text: string, values?: readonly unknown[]): Promise<readonly unknown[]>
  /** Keeps every request of somebody signed in waiting until the function returned is called, or the test is over. */
  holdRequests(): Promise<() => Promise<void>>
  /** Its database turns the server away, as one that restarts does, until the function returned is called, or the test is over. */
  turnAway(): Promise<() => Promise<void>>
  /** Stops it and starts it again: what it kept in memory it reads from its database. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** Opens one, with these settings besides those of every server of tests. */
export async function openOwnServer(environment: Readonly<Record<string, string>> = {}): Promise<OwnServer> {
  const { name, url } = (await request({ ask: 'open', environment })) as { readonly name: string; readonly url: string }
  const ask = (what: string) => request({ ask: what, name })
  const until = async (undo: string) => {
    let isUndone = false
    const once = async () => {
      if (isUndone) return
      isUndone = true
      await ask(undo)
    }
    onTestFinished(once)
    return once
  }
  return {
    url,
    query: async (text, values = []) => (await request({ ask: 'query', name, text, values })) as readonly unknown[],
    async holdRequests() {
      await ask('hold-requests')
      return until('let-requests')
    },
    async turnAway() {
      await ask('turn-away')
      return until('let-in')
    },
    restart: async () => void (await ask('restart')),
    close: async () => void (await ask('close')),
  }
}

async function request(body: object): Promise<unknown> {
  const { status, text } = await send('POST', inject('appServer').ownServersUrl, body)
  if (status !== 200) throw new Error(text)
  return JSON.parse(text)
}
