import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Logger } from 'pino'
import { z } from 'zod'
import { keepListening } from '../db/keep-listening.ts'
import type { Bus, BusEvent, BusMessage } from './bus.ts'

const CHANNEL = 'questlog_bus'
/** Postgres takes payloads below 8,000 bytes. */
const MESSAGES_PER_NOTIFY = 40

const envelope = z.object({
  from: z.string(),
  messages: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('appended'), document: z.string(), seq: z.number().int() }),
      z.object({ kind: z.literal('revised'), document: z.string(), revision: z.number().int() }),
      z.object({ kind: z.literal('family-ended'), familyId: z.string() }),
      z.object({ kind: z.literal('access-changed'), workspaceId: z.string(), userId: z.string().nullable() }),
    ]),
  ),
})

export interface PostgresBusDeps {
  /** For the one connection that listens; it must not go through a transaction pooler. */
  readonly connectionString: string
  readonly pool: pg.Pool
  readonly logger: Logger
}

/**
 * Hints over LISTEN and NOTIFY, for several server processes on one database. Notifications go out after the commit, in
 * statements of their own, since a notifying transaction holds a lock that all others wait for. Whenever the listening
 * connection was away, listeners hear `resync`.
 */
export async function createPostgresBus(deps: PostgresBusDeps): Promise<Bus> {
  const { pool, logger } = deps
  const from = randomUUID()
  const listeners = new Set<(event: BusEvent) => void>()
  /** The newest message by what it is about: of many appends to a document only the last one matters. */
  let outbox = new Map<string, BusMessage>()
  let sending: Promise<void> | null = null
  let isClosed = false

  const emit = (event: BusEvent): void => {
    for (const listener of listeners) listener(event)
  }

  const hear = (payload: string): void => {
    const parsed = envelope.safeParse(parseJson(payload))
    if (!parsed.success) logger.warn('a bus message could not be read')
    else if (parsed.data.from !== from) for (const message of parsed.data.messages) emit(message)
  }

  const send = async (): Promise<void> => {
    // What is published in this turn of the event loop, and while the statement before ran, goes out together.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (outbox.size > 0) {
      const messages = [...outbox.values()]
      outbox = new Map()
      const payloads: string[] = []
      for (let start = 0; start < messages.length; start += MESSAGES_PER_NOTIFY) {
        payloads.push(JSON.stringify({ from, messages: messages.slice(start, start + MESSAGES_PER_NOTIFY) }))
      }
      try {
        await pool.query({
          name: 'questlog-notify',
          text: 'select pg_notify($1, payload) from unnest($2::text[]) as payload',
          values: [CHANNEL, payloads],
        })
      } catch (error) {
        logger.warn({ err: error }, 'bus messages could not be sent')
      }
    }
    // In the same step as the last look at the outbox: what is published a moment later starts a run of its own.
    sending = null
  }

  const listening = await keepListening({
    connectionString: deps.connectionString,
    channel: CHANNEL,
    onNotification: hear,
    onLost: (error) => logger.warn({ err: error }, 'the bus lost its connection'),
    onBack: () => emit({ kind: 'resync' }),
  })

  return {
    publish(message) {
      if (isClosed) return
      outbox.set(subjectOf(message), message)
      sending ??= send()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      isClosed = true
      await sending
      listeners.clear()
      await listening.close()
    },
  }
}

function subjectOf(message: BusMessage): string {
  switch (message.kind) {
    case 'appended':
      return `appended ${message.document}`
    case 'revised':
      return `revised ${message.document}`
    case 'family-ended':
      return `ended ${message.familyId}`
    case 'access-changed':
      return `access ${message.workspaceId} ${message.userId}`
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
