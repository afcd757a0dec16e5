import { parseDocumentName } from '@questlog/shared/protocol/documents'
import type { Logger } from 'pino'
import { goRound } from '../../clock/rounds.ts'
import type { Role } from './access.ts'
import type { DocumentConnection } from './document-connection.ts'

/** Whose role in a workspace changed; null for everybody's there. */
export interface AccessChange {
  readonly workspaceId: string
  readonly userId: string | null
}

/** A user with a document open. */
export interface Opened {
  readonly userId: string
  readonly documentName: string
}

/** Holds open documents to the roles their users have now, and not when they opened them. */
export interface AccessWatch {
  /** A role has changed, and the change is committed: whom it concerns is looked at now. */
  onChange(change: AccessChange): void
  /** Looks at everybody, for changes nobody told of. */
  checkAll(): void
  /** Looks at a document that was just opened, if a role changed since its user was asked for theirs. */
  onOpened(document: DocumentConnection): void
  stop(): void
}

interface AccessWatchDeps {
  readonly sessions: ReadonlySet<Session>
  /** The roles as they are committed, one for each; undefined for none. In one query, however many. */
  readonly currentRoles: (opened: readonly Opened[]) => Promise<readonly (Role | undefined)[]>
  readonly everyMs: number
  readonly monotonicMs: () => number
  readonly logger: Logger
}

/** Longer than a document takes to open, from the look at its user's role on. */
const OPENING_MS = 600_000

const READ_TOGETHER = 250

interface Session {
  readonly documents: ReadonlyMap<string, DocumentConnection>
}

/**
 * Watches in steps: whom a change during a look at the roles concerns is part of the next, which reads them again. All
 * are looked at in rounds, some at a time, or many would be a long query and a long step at once.
 */
export function createAccessWatch(deps: AccessWatchDeps): AccessWatch {
  const changedMs = new Map<string, number>()
  let noticed = new Set<DocumentConnection>()
  let isLooking = false

  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    while (noticed.size > 0) {
      const concerned = noticed
      noticed = new Set()
      const byUser = Map.groupBy(concerned, ({ access, open }) => `${access.principal.userId} ${open.name}`)
      await applyRoles([...byUser.values()])
    }
    isLooking = false
  }

  const applyRoles = async (groups: readonly DocumentConnection[][]): Promise<void> => {
    const opened = groups.flatMap(([first]) =>
      first === undefined ? [] : [{ userId: first.access.principal.userId, documentName: first.open.name }],
    )
    try {
      const roles = await deps.currentRoles(opened)
      for (const [index, documents] of groups.entries()) {
        for (const document of documents) document.setRole(roles[index])
      }
    } catch (error) {
      // Nothing can be written while the database is away; the next look makes up for this one.
      deps.logger.warn({ err: error }, 'roles could not be read')
    }
  }

  const notice = (sessions: Iterable<Session>, isConcerned: (document: DocumentConnection) => boolean): void => {
    for (const { documents } of sessions) {
      for (const document of documents.values()) if (isConcerned(document)) noticed.add(document)
    }
    void look()
  }

  const stops = [
    goRound(deps.sessions, { everyMs: deps.everyMs, atLeast: READ_TOGETHER }, (due) => notice(due, () => true)),
    goRound(changedMs, { everyMs: OPENING_MS }, (due) => {
      const nowMs = deps.monotonicMs()
      for (const [workspaceId, sinceMs] of due) if (nowMs - sinceMs > OPENING_MS) changedMs.delete(workspaceId)
    }),
  ]

  return {
    onChange({ workspaceId, userId }) {
      changedMs.set(workspaceId, deps.monotonicMs())
      notice(
        deps.sessions,
        (document) =>
          (userId === null || document.access.principal.userId === userId) && workspaceOf(document) === workspaceId,
      )
    },
    checkAll: () => notice(deps.sessions, () => true),
    onOpened(document) {
      if (!changedMs.has(workspaceOf(document) ?? '')) return
      noticed.add(document)
      void look()
    },
    stop() {
      for (const stop of stops) stop()
    },
  }
}

function workspaceOf({ open }: DocumentConnection): string | undefined {
  return parseDocumentName(open.name)?.id
}
