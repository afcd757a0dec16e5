import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { err, ok } from '@questlog/shared/domain/kernel/result'
import type pg from 'pg'
import { pino } from 'pino'
import { ulid } from 'ulidx'
import { WebSocketServer } from 'ws'
import type * as Y from 'yjs'
import type { Bus } from '../../bus/bus.ts'
import { createInProcessBus } from '../../bus/in-process-bus.ts'
import { createSync } from '../../compose/create-sync.ts'
import { createMemoryBudget, type MemoryBudget } from '../../memory/memory-budget.ts'
import type { Role } from '../connections/access.ts'
import { defaultSyncLimits, type SyncLimits } from '../limits/sync-limits.ts'
import type { Sync, SyncDeps } from '../sync.ts'
import { Device } from './device.ts'

/** A sync core behind a real socket. Tokens are `userId` or `userId/family` or `userId/family/expiresAtMs`. */
export interface RunningSync {
  readonly sync: Sync
  readonly url: string
  /** Roles by `userId documentName`; everybody else is a member. */
  readonly roles: Map<string, Role | 'none'>
  /** Who pays for a document; one that is not named here pays for itself. */
  readonly payers: Map<string, string>
  readonly memory: MemoryBudget
  /** Everything logged, as lines of JSON. */
  readonly logLines: string[]
  device(document: string, doc?: Y.Doc): Device
  /** May be called again. */
  stop(): Promise<void>
}

export interface StartSyncOptions {
  readonly pool: pg.Pool
  readonly bus?: Bus
  readonly limits?: Partial<SyncLimits>
  readonly memory?: MemoryBudget
  readonly now?: () => number
  readonly monotonicMs?: () => number
  readonly workMs?: () => number
  readonly faultPoint?: SyncDeps['faultPoint']
  readonly beforeTrim?: SyncDeps['beforeTrim']
  readonly cipher?: SyncDeps['cipher']
  readonly stopping?: SyncDeps['stopping']
}

/** The name of a document nobody used before. */
export function newDocumentName(): string {
  return `w:${ulid()}:1`
}

/** Starts one server process' worth of sync on a free port. */
export async function startSync(options: StartSyncOptions): Promise<RunningSync> {
  const roles = new Map<string, Role | 'none'>()
  const payers = new Map<string, string>()
  const limits = { ...defaultSyncLimits, ...options.limits }
  const memory = options.memory ?? createMemoryBudget({ totalBytes: limits.openDocumentBytes })
  const logLines: string[] = []
  const now = options.now ?? Date.now
  const sync = createSync({
    pool: options.pool,
    logger: pino({ level: 'debug' }, { write: (line: string) => logLines.push(line) }),
    limits,
    memory,
    payerOf: async (document) => payers.get(document) ?? document,
    now,
    ...(options.workMs && { workMs: options.workMs }),
    ...(options.monotonicMs && { monotonicMs: options.monotonicMs }),
    bus: options.bus ?? createInProcessBus(),
    async authenticate(token) {
      const [userId = '', familyId = 'family', expiresAtMs = `${now() + 900_000}`] = token.split('/')
      if (userId === '' || Number(expiresAtMs) <= now()) return err('signed-out')
      return ok({ userId, familyId, expiresAtMs: Number(expiresAtMs) })
    },
    async authorize(userId, document) {
      const role = roles.get(`${userId} ${document}`) ?? 'member'
      return role === 'none' ? err('not-found') : ok({ role })
    },
    async currentRoles(opened) {
      return opened.map(({ userId, documentName }) => {
        const role = roles.get(`${userId} ${documentName}`) ?? 'member'
        return role === 'none' ? undefined : role
      })
    },
    ...(options.beforeTrim ? { beforeTrim: options.beforeTrim } : {}),
    ...(options.cipher ? { cipher: options.cipher } : {}),
    ...(options.stopping ? { stopping: options.stopping } : {}),
    ...(options.faultPoint ? { faultPoint: options.faultPoint } : {}),
  })
  const server = createServer()
  const sockets = new WebSocketServer({
    server,
    maxPayload: options.limits?.maxFrameBytes ?? defaultSyncLimits.maxFrameBytes,
  })
  sockets.on('connection', (socket, request) => sync.handleConnection(socket, request))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  const devices: Device[] = []
  const stop = async (): Promise<void> => {
    await sync.drain()
    for (const device of devices) device.socket.terminate()
    sockets.close()
    const closed = new Promise((resolve) => server.close(resolve))
    // Whoever is connecting just then would be waited for.
    server.closeAllConnections()
    for (const socket of sockets.clients) socket.terminate()
    await closed
  }
  let stopped: Promise<void> | undefined
  return {
    sync,
    url,
    roles,
    payers,
    memory,
    logLines,
    device(document, doc) {
      const device = new Device(url, document, doc)
      devices.push(device)
      return device
    },
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}
