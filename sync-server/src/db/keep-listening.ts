import pg from 'pg'

export interface ListeningDeps {
  /** For a connection that does nothing else; it must not go through a transaction pooler. */
  readonly connectionString: string
  /** A plain identifier in lower case. */
  readonly channel: string
  readonly onNotification: (payload: string) => void
  /** The connection is gone, and with it what is notified until `onBack`. */
  readonly onLost: (error: Error | null) => void
  readonly onBack: () => void
}

const RECONNECT_MS = { first: 100, most: 5_000 }

/**
 * Listens to a channel of Postgres until it is closed, over a new connection whenever one is lost. Rejects when the first
 * one fails.
 */
export async function keepListening(deps: ListeningDeps): Promise<{ close(): Promise<void> }> {
  let client: pg.Client | null = null
  let reconnecting: NodeJS.Timeout | null = null
  let isClosed = false

  const listen = async (): Promise<void> => {
    const connecting = new pg.Client({ connectionString: deps.connectionString, keepAlive: true })
    client = connecting
    let isListening = false
    let failure: Error | null = null
    connecting.on('error', (error) => {
      failure = error
    })
    // A connection that is lost before it listens rejects below, and is made up for there alone.
    connecting.on('end', () => {
      if (isClosed || !isListening) return
      deps.onLost(failure)
      reconnect(RECONNECT_MS.first)
    })
    connecting.on('notification', ({ payload }) => deps.onNotification(payload ?? ''))
    try {
      await connecting.connect()
      await connecting.query(`listen ${deps.channel}`)
    } catch (error) {
      connecting.end().catch(() => undefined)
      throw error
    }
    isListening = true
  }

  const reconnect = (delayMs: number): void => {
    if (isClosed) return
    reconnecting = setTimeout(() => {
      listen().then(
        () => isClosed || deps.onBack(),
        () => reconnect(Math.min(delayMs * 2, RECONNECT_MS.most)),
      )
    }, delayMs).unref()
  }

  await listen()

  return {
    async close() {
      isClosed = true
      if (reconnecting) clearTimeout(reconnecting)
      await client?.end()
    },
  }
}
