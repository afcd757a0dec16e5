import { Hocuspocus } from '@hocuspocus/server'
import { type HelloMessage, parseDocumentName } from '@questlog/shared/protocol/documents'
import type { DocumentThread } from '../log/thread/document-thread.ts'
import type { FaultPoint } from '../process/fault-point.ts'
import type { Access } from './connections/access.ts'
import type { AccessWatch } from './connections/access-watch.ts'
import { admitAwareness } from './connections/admit-awareness.ts'
import { DocumentConnection } from './connections/document-connection.ts'
import type { ConnectionContext, SocketRegistry } from './connections/socket-registry.ts'
import type { DocumentRegistry } from './documents/document-registry.ts'
import { takeOverRelay } from './documents/relay.ts'
import type { StepOneAnswers } from './documents/step-one-answers.ts'
import type { WorkShares } from './limits/work-shares.ts'
import { asClose, type DocumentClosed, refused, retry } from './refusals/refusal.ts'
import type { SyncDeps } from './sync.ts'

/** The version of the document's shape that this server reads and writes. */
const SHAPE_VERSION = 1

/** The longest that a timer can wait. */
const NEVER_MS = 2 ** 31 - 1

interface HookDeps extends Omit<SyncDeps, 'faultPoint' | 'monotonicMs'> {
  readonly monotonicMs: () => number
  readonly faultPoint: FaultPoint
  readonly documents: DocumentRegistry
  readonly sockets: SocketRegistry
  readonly work: WorkShares
  readonly accessWatch: AccessWatch
  readonly stepOneAnswers: StepOneAnswers
  readonly thread: DocumentThread
}

/**
 * Hocuspocus with its storage taken out: it authenticates, keeps documents and fans changes and awareness out. Sync
 * messages do not reach it (see `DocumentConnection`), its change and store hooks are off, and it unloads nothing.
 */
export function createHocuspocus(deps: HookDeps): Hocuspocus<ConnectionContext> {
  const { documents, sockets, logger } = deps

  const grant = async (token: string, documentName: string): Promise<Access> => {
    const principal = await deps.authenticate(token)
    if (!principal.ok) throw refused('signed-out')
    const granted = await deps.authorize(principal.value.userId, documentName)
    if (granted.ok) return { principal: principal.value, role: granted.value.role }
    if (typeof granted.error === 'string') throw refused(granted.error)
    throw refused(granted.error.reason, granted.error.currentEpoch)
  }

  const closedBy = (error: unknown, document: string): DocumentClosed => {
    const closed = asClose(error)
    sockets.countClosed(closed)
    const cause = closed.cause === undefined ? {} : { err: closed.cause }
    logger.info({ document, reason: closed.reason, ...cause }, 'document closed')
    return closed
  }

  const hocuspocus: Hocuspocus<ConnectionContext> = new Hocuspocus<ConnectionContext>({
    quiet: true,
    // Hocuspocus looks by wall time for sockets that fell silent, and a clock set forward would end them all; the
    // sockets' own pings find those that are gone.
    timeout: NEVER_MS,
    maxPendingDocuments: deps.limits.documentsPerConnection,
    maxUnauthenticatedQueueSize: 64 * 1024,

    async onAuthenticate({ token, documentName, context, connectionConfig }) {
      try {
        if (sockets.isStopped) throw retry('draining')
        if (!parseDocumentName(documentName)) throw refused('not-found')
        const access = await grant(token, documentName)
        connectionConfig.readOnly = access.role === 'viewer'
        if (!context.session.authenticated(access.principal.userId)) throw refused('rate-limited')
        return { access }
      } catch (error) {
        context.session.denied(documentName)
        throw closedBy(error, documentName)
      }
    },

    async onTokenSync({ token, documentName, connection, context }) {
      const { access } = context
      try {
        if (!access) throw refused('signed-out')
        const renewed = await grant(token, documentName)
        if (renewed.principal.userId !== access.principal.userId) throw refused('signed-out')
        access.principal = renewed.principal
        access.role = renewed.role
        connection.readOnly = renewed.role === 'viewer'
      } catch (error) {
        const { code, reason } = closedBy(error, documentName)
        connection.close({ code, reason })
      }
    },

    async onLoadDocument({ document, context }) {
      try {
        const person = context.access?.principal.userId ?? document.name
        await documents.load(document, (cost) => deps.work.take(person, document.name, cost))
      } catch (error) {
        context.session?.denied(document.name)
        throw asClose(error)
      }
    },

    async afterLoadDocument({ document }) {
      // The log is written before a change is applied: nothing is left to do, or to debounce, after it.
      takeOverRelay(document)
    },

    async connected({ connection, context, documentName }) {
      const { session, access } = context
      const open = documents.of(connection.document)
      const hasEnded = access !== undefined && sockets.hasEnded(access.principal.familyId)
      if (!open || !access || hasEnded) {
        const { code, reason } = hasEnded ? refused('signed-out') : retry('resync')
        connection.close({ code, reason })
        session.denied(documentName)
        return
      }
      const document = new DocumentConnection(
        {
          limits: deps.limits,
          monotonicMs: deps.monotonicMs,
          faultPoint: deps.faultPoint,
          sendParts: (...parts) => session.sendParts(...parts),
          readyToAnswer: () => session.readyToAnswer(),
          wait: (change) => session.wait(change),
          pause: () => session.pause(),
          take: (cost) => deps.work.take(access.principal.userId, documentName, cost),
          spend: (cost) => deps.work.spend(access.principal.userId, documentName, cost),
          onClosed: (closed) => closedBy(closed, documentName),
          stepOneAnswers: deps.stepOneAnswers,
          thread: deps.thread,
        },
        connection,
        open,
        access,
      )
      connection.onClose(() => session.released(connection))
      connection.sendStateless(JSON.stringify(hello(documentName, deps.now())))
      session.adopt(connection, document)
      deps.accessWatch.onOpened(document)
    },

    async beforeSync() {
      throw retry('resync')
    },

    async beforeHandleAwareness({ states, document, connection }) {
      if (connection) admitAwareness(states, document, connection)
    },

    async beforeUnloadDocument() {
      // Documents stay for the next connection until the registry unloads them. An empty message is not printed.
      throw new Error('')
    },
  })
  return hocuspocus
}

function hello(documentName: string, nowMs: number): HelloMessage {
  return {
    type: 'hello',
    serverTimeMs: nowMs,
    epoch: parseDocumentName(documentName)?.epoch ?? 1,
    readerVersion: SHAPE_VERSION,
    writerVersion: SHAPE_VERSION,
    tellsDigest: true,
  }
}
