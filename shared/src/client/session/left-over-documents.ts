import { parseDocumentName } from '../../protocol/documents.ts'
import { MoveDelayed } from '../epochs/move-delayed.ts'
import { LocalStoreFailure } from '../ports/local-store.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import type { DeviceLog } from './device-log.ts'

export interface LeftOverDeps {
  /** The names of all documents this device keeps. */
  readonly documents: () => Promise<readonly string[]>
  readonly logs: () => readonly DeviceLog[]
  /** The log on screen. */
  readonly shown: () => Workspace | null
  readonly open: (ref: WorkspaceRef) => Promise<Workspace>
  /** Whether no other window has the document open. */
  readonly isFree: (documentName: string) => Promise<boolean>
  /** A log that is not on screen may now hold more than the server has. */
  readonly onTakenIn: (documentName: string, into: WorkspaceRef) => void
}

/**
 * Takes what is left in documents that logs moved away from into those they are in now, and removes the old ones. They
 * stay behind when the app ends before they are removed, and one that a window goes on writing to may hold edits that
 * are nowhere else. A document that another window has open, or that cannot be read or removed, is left to the next start.
 */
export async function takeInLeftOvers(deps: LeftOverDeps): Promise<void> {
  const names = await deps.documents().catch(() => [])
  for (const { documentName, ref } of leftOversOf(names, deps.logs())) {
    if (await deps.isFree(documentName)) await takeIn(deps, documentName, ref).catch(leaveToNextStart)
  }
}

/** For a document that moved and could not be removed, or could not be taken in yet. Other errors are thrown on. */
export function leaveToNextStart(cause: unknown): void {
  if (!(cause instanceof LocalStoreFailure || cause instanceof MoveDelayed)) throw cause
}

/** The documents that a log on the list has left for a later epoch, each with that log. */
export function leftOversOf(
  documentNames: readonly string[],
  logs: readonly DeviceLog[],
): readonly { readonly documentName: string; readonly ref: WorkspaceRef }[] {
  return documentNames.flatMap((documentName) => {
    const old = parseDocumentName(documentName)
    const log = logs.find(({ ref }) => {
      const now = parseDocumentName(ref.documentName)
      return now !== null && now.kind === old?.kind && now.id === old.id && now.epoch > old.epoch
    })
    return log === undefined ? [] : [{ documentName, ref: log.ref }]
  })
}

async function takeIn(deps: LeftOverDeps, documentName: string, ref: WorkspaceRef): Promise<void> {
  const shown = deps.shown()
  const isShown = shown?.ref.documentName === ref.documentName
  const log = isShown ? shown : await deps.open(ref)
  try {
    const old = await deps.open({ ...ref, documentName })
    try {
      await old.carryTo(log)
    } catch (cause) {
      await old.close()
      throw cause
    }
    await old.destroy()
  } finally {
    if (!isShown) await log.close()
  }
  if (!isShown) deps.onTakenIn(documentName, ref)
}
