import { parseDocumentName } from '@questlog/shared/protocol/documents'
import type { Logger } from 'pino'
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
  readonly documents: () => Iterable<DocumentConnection>
  /** The roles as they are committed, one for each; undefined for none. In one query, however many. */
  readonly currentRoles: (opened: readonly Opened[]) => Promise<readonly (Role | undefined)[]>
  readonly everyMs: number
  readonly now: () => number
  readonly logger: Logger
}

/** Longer than a document takes to open, from the look at its user's role on. */
const OPENING_MS = 600_000

type Concerns = (document: DocumentConnection) => boolean

/** Watches in steps: what is noticed during a look at the roles is part of the next, which reads them again. */
export function createAccessWatch(deps: AccessWatchDeps): AccessWatch {
  const changedMs = new Map<string, number>()
  let noticed: Concerns[] = []
  let isLooking = false

  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    while (noticed.length > 0) {
      const concerns = noticed
      noticed = []
      const byUser = new Map<string, DocumentConnection[]>()
      for (const document of deps.documents()) {
        if (!concerns.some((isMeant) => isMeant(document))) continue
        const key = `${document.access.principal.userId} ${document.open.name}`
        const known = byUser.get(key)
        if (known === undefined) byUser.set(key, [document])
        else known.push(document)
      }
      const groups = [...byUser.values()]
      if (groups.length > 0) await applyRoles(groups)
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

  const notice = (concerns: Concerns): void => {
    noticed.push(concerns)
    void look()
  }

  const checkAll = (): void => {
    const nowMs = deps.now()
    for (const [workspaceId, sinceMs] of changedMs) if (nowMs - sinceMs > OPENING_MS) changedMs.delete(workspaceId)
    notice(() => true)
  }
  const timer = setInterval(checkAll, deps.everyMs).unref()

  return {
    onChange({ workspaceId, userId }) {
      changedMs.set(workspaceId, deps.now())
      notice(
        (document) =>
          (userId === null || document.access.principal.userId === userId) && workspaceOf(document) === workspaceId,
      )
    },
    checkAll,
    onOpened(document) {
      if (changedMs.has(workspaceOf(document) ?? '')) notice((candidate) => candidate === document)
    },
    stop: () => clearInterval(timer),
  }
}

function workspaceOf({ open }: DocumentConnection): string | undefined {
  return parseDocumentName(open.name)?.id
}
