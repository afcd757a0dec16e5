import type { Duplex } from 'node:stream'
import type { Hocuspocus } from '@hocuspocus/server'
import type { WebSocket } from 'ws'
import { goRound } from '../../clock/rounds.ts'
import { createIncomingBytes } from '../limits/incoming-bytes.ts'
import { createOutgoingBytes } from '../limits/outgoing-bytes.ts'
import { RateWindow } from '../limits/rate-window.ts'
import type { SyncLimits } from '../limits/sync-limits.ts'
import type { WorkShares } from '../limits/work-shares.ts'
import { type DocumentClosed, refused, retry } from '../refusals/refusal.ts'
import type { Access } from './access.ts'
import { createPresencePacer } from './presence-pacer.ts'
import { createSocketPeople } from './socket-people.ts'
import { SocketSession, socketClose } from './socket-session.ts'

const CHECK_MS = 2_000
/** Longer than a document takes to open, from the look at its token on. */
const ENDED_FAMILY_MS = 600_000

/** What Hocuspocus hands to every hook of a connection. */
export interface ConnectionContext {
  readonly session: SocketSession
  readonly access?: Access
}

/** All sockets of this process. */
export interface SocketRegistry {
  /** Takes over a socket on a stream, from an address. */
  open(socket: WebSocket, stream: Duplex, hocuspocus: Hocuspocus<ConnectionContext>, address: string): void
  readonly sessions: ReadonlySet<SocketSession>
  endFamily(familyId: string): void
  /** Whether the family ended lately: its token may have been accepted just before. */
  hasEnded(familyId: string): boolean
  /** From now on no frame is taken and no socket accepted. */
  stop(): void
  closeAll(): void
  readonly isStopped: boolean
  countClosed(closed: DocumentClosed): void
  stats(): {
    connections: number
    refusals: Record<string, number>
    dropped: Record<string, number>
    incomingBytes: number
    outgoingBytes: number
  }
}

interface SocketRegistryDeps {
  readonly limits: SyncLimits
  readonly work: WorkShares
  readonly now: () => number
  readonly monotonicMs: () => number
}

// Sessions already know the address of every frame, and the token says who sends it: no header is needed beyond here.
const request = new Request('http://sync.invalid/sync')

/** Keeps the sockets, their users' budgets, and one clock for all periodic checks. */
export function createSocketRegistry(deps: SocketRegistryDeps): SocketRegistry {
  const { limits, now, monotonicMs } = deps
  const sessions = new Set<SocketSession>()
  const users = new Map<string, RateWindow>()
  const endedFamilies = new Map<string, number>()
  const refusals: Record<string, number> = {}
  const dropped: Record<string, number> = {}
  let isStopped = false

  const takeFromUser = (userId: string, bytes: number): boolean => {
    let window = users.get(userId)
    if (!window) {
      window = new RateWindow(
        { frames: limits.userFrames, bytes: limits.userBytes, windowMs: limits.windowMs },
        monotonicMs(),
      )
      users.set(userId, window)
    }
    return window.take(bytes, monotonicMs())
  }

  const incoming = createIncomingBytes(limits)
  const outgoing = createOutgoingBytes({ limits, monotonicMs })
  const presence = createPresencePacer({ everyMs: limits.presenceEveryMs })
  const people = createSocketPeople(limits)

  const rounds = [
    goRound(sessions, { everyMs: CHECK_MS }, (due) => {
      const times = { wallMs: now(), monotonicMs: monotonicMs() }
      for (const session of due) session.checkTime(times)
    }),
    goRound(users, { everyMs: limits.windowMs }, (due) => {
      const nowMs = monotonicMs()
      for (const [userId, window] of due) if (window.isIdle(nowMs)) users.delete(userId)
    }),
    goRound(endedFamilies, { everyMs: ENDED_FAMILY_MS }, (due) => {
      const nowMs = monotonicMs()
      for (const [familyId, endedMs] of due) if (nowMs - endedMs > ENDED_FAMILY_MS) endedFamilies.delete(familyId)
    }),
  ]

  return {
    open(socket, stream, hocuspocus, address) {
      // A socket error is followed by its close event, which does what is to be done.
      socket.on('error', () => undefined)
      if (isStopped) {
        socket.close(socketClose.goingAway)
        return
      }
      const onDropped = (cause: string) => {
        dropped[cause] = (dropped[cause] ?? 0) + 1
      }
      const shared = { limits, monotonicMs, incoming, outgoing, presence, work: deps.work }
      const onSignedIn = (userId: string): boolean => people.signIn(session, userId)
      const mine = { takeFromUser, onDropped, address, onSignedIn, mayOpen: people.mayOpen }
      const session: SocketSession = new SocketSession({ ...shared, ...mine }, socket)
      const client = hocuspocus.handleConnection(session, request, { session })
      session.attach(client)
      // Ahead of the socket's own listener: what comes in counts before it is known to be a frame.
      stream.prependListener('data', (chunk: Uint8Array) => session.arrived(chunk.length))
      sessions.add(session)
      people.enter(session, address)
      socket.on('close', (code, reason) => {
        sessions.delete(session)
        people.leave(session)
        session.closed()
        client.handleClose({ code, reason: reason.toString() })
      })
    },
    sessions,
    hasEnded: (familyId) => endedFamilies.has(familyId),
    endFamily(familyId) {
      endedFamilies.set(familyId, monotonicMs())
      for (const session of sessions) {
        for (const document of [...session.documents.values()]) {
          if (document.access.principal.familyId === familyId) document.close(refused('signed-out'))
        }
      }
    },
    stop() {
      isStopped = true
      for (const session of sessions) for (const document of session.documents.values()) document.pause()
    },
    closeAll() {
      for (const end of rounds) end()
      presence.stop()
      for (const session of sessions) session.end(retry('draining'), socketClose.goingAway)
    },
    get isStopped() {
      return isStopped
    },
    countClosed(closed) {
      refusals[closed.reason] = (refusals[closed.reason] ?? 0) + 1
    },
    stats: () => ({
      connections: sessions.size,
      refusals: { ...refusals },
      dropped: { ...dropped },
      incomingBytes: incoming.waitingBytes,
      outgoingBytes: outgoing.waitingBytes,
    }),
  }
}
