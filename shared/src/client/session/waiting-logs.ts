import { createEnding, type Ending } from '../ending.ts'
import type { SyncStatus } from '../sync/sync-status.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'

type OpenLog = Pick<Workspace, 'ref' | 'state' | 'close' | 'destroy'>

export interface WaitingLogsDeps<Log extends OpenLog> {
  /** The logs that hold unsaved changes, may be sent and are open nowhere else in this window. */
  readonly waiting: () => readonly WorkspaceRef[]
  readonly open: (ref: WorkspaceRef) => Promise<Log>
  /** Starts syncing; returns the way to stop. */
  readonly connect: (log: Log) => () => void
  /** Whether no other window keeps the log in sync. */
  readonly isFree: (documentName: string) => Promise<boolean>
  readonly onStatus: (documentName: string, status: SyncStatus) => void
  /** The server moved the log to another document, into which everything was merged. */
  readonly onMoved: (documentName: string, to: WorkspaceRef) => void
}

/** Sends what waits in logs that are not on screen. */
export interface WaitingLogs {
  /** Looks at what waits now: sends it, and stops sending what no longer waits. */
  look(): void
  /** Looks, also at logs that could not be sent before. */
  tryAgain(): void
  /** Resolves once the log, which must no longer be among those that wait, is not open here. */
  leave(documentName: string): Promise<void>
}

/** Opens one log at a time and keeps it in sync until all of it is saved. A log that is refused waits for `tryAgain`. */
export function createWaitingLogs<Log extends OpenLog>(deps: WaitingLogsDeps<Log>): WaitingLogs {
  const setAside = new Set<string>()
  let current: { readonly documentName: string; readonly stop: () => void; readonly closed: Promise<void> } | null =
    null
  let isRunning = false

  async function sendAll(): Promise<void> {
    const elsewhere = new Set<string>()
    try {
      for (;;) {
        const next = deps.waiting().find((ref) => !setAside.has(ref.documentName) && !elsewhere.has(ref.documentName))
        if (next === undefined) return
        const { documentName } = next
        if (!(await deps.isFree(documentName))) elsewhere.add(documentName)
        else if (isWaiting(documentName)) await begin(next)
      }
    } finally {
      // In the same step as the last look at what waits: who looks a moment later starts a run of their own.
      isRunning = false
    }
  }

  function begin(ref: WorkspaceRef): Promise<void> {
    const stopping = createEnding()
    const closed = send(ref, stopping)
      // A store that fails says so when the log is opened; here the log just goes on waiting.
      .catch(() => void setAside.add(ref.documentName))
      .finally(() => {
        current = null
      })
    current = { documentName: ref.documentName, stop: () => stopping.end(), closed }
    return closed
  }

  async function send(ref: WorkspaceRef, stopping: Ending): Promise<void> {
    const { documentName } = ref
    const log = await deps.open(ref)
    let disconnect = () => {}
    let unsubscribe = () => {}
    try {
      await new Promise<void>((resolve) => {
        if (stopping.isOver()) return resolve()
        void stopping.ended.then(resolve)
        const judge = () => {
          const { sync, successor } = log.state.getState()
          if (successor !== null) return resolve()
          deps.onStatus(documentName, sync)
          if (isRefused(sync)) setAside.add(documentName)
          if (isRefused(sync) || isSent(sync)) resolve()
        }
        unsubscribe = log.state.subscribe(judge)
        judge()
        if (isWaiting(documentName) && !stopping.isOver()) disconnect = deps.connect(log)
      })
    } finally {
      unsubscribe()
      disconnect()
      await end(log)
    }
  }

  async function end(log: Log): Promise<void> {
    const { successor } = log.state.getState()
    if (successor === null) return log.close()
    deps.onMoved(log.ref.documentName, successor.ref)
    try {
      await log.destroy()
    } finally {
      await successor.close()
    }
  }

  function isWaiting(documentName: string): boolean {
    return deps.waiting().some((ref) => ref.documentName === documentName)
  }

  function look(): void {
    if (current !== null && !isWaiting(current.documentName)) current.stop()
    if (isRunning) return
    isRunning = true
    void sendAll()
  }

  return {
    look,
    tryAgain() {
      setAside.clear()
      look()
    },
    async leave(documentName) {
      if (current?.documentName !== documentName) return
      current.stop()
      await current.closed
    },
  }
}

/** Nothing is left to send. What is being saved or was never on the server may still hold something. */
function isSent(status: SyncStatus): boolean {
  if (status.kind === 'saved') return true
  return (status.kind === 'offline' || status.kind === 'connecting') && status.unsavedChanges === 0
}

/** Refused for good: a log that moves, or is to come more slowly, goes on by itself. */
function isRefused(status: SyncStatus): boolean {
  return status.kind === 'refused' && status.reason !== 'old-epoch' && status.reason !== 'rate-limited'
}
