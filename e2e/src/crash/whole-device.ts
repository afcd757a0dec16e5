import { setTimeout as delay } from 'node:timers/promises'
import { memoryLocalStores } from '@questlog/shared/client/rescue/memory-local-store'
import { openWorkspace } from '@questlog/shared/client/workspace/open-workspace'
import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { newId, type QuestId, type UserId, type WorkspaceId } from '@questlog/shared/domain/kernel/ids'
import { parseDocumentName } from '@questlog/shared/protocol/documents'
import { type ScriptAccount, signIn } from '../harness/account.ts'
import type { QuestlogProcess } from '../harness/questlog-process.ts'

/** How long a device without the server waits between two edits. */
const OFFLINE_PAUSE_MS = 250

/** A title given to a quest, which is new or the device's own. */
export interface Write {
  readonly questId: QuestId
  readonly title: string
}

/** A device with the whole client, its disk in memory. */
export interface WholeDevice {
  readonly account: ScriptAccount
  readonly workspace: Workspace
  /** All that it wrote, in order. */
  readonly writes: readonly Write[]
  /** So many of them, the first ones, it has called saved. */
  readonly acknowledged: number
  /** Connects, or tries at once. */
  connect(): void
  /** Resolves when so many of its writes are saved. */
  untilAcknowledged(count: number): Promise<void>
  /** Writes until it is told to stop, with a pause after what was saved. */
  writeOn(signal: AbortSignal, pauseMs: () => number): Promise<void>
}

/** Opens a device that holds nothing yet, and connects it. It signs in again by itself. */
export async function openWholeDevice(
  { url, socketUrl }: Pick<QuestlogProcess, 'url' | 'socketUrl'>,
  account: ScriptAccount,
  name: string,
): Promise<WholeDevice> {
  const { document: documentName, userId } = account
  const id = parseDocumentName(documentName)?.id as WorkspaceId
  const workspace = await openWorkspace(
    {
      openLocalStore: memoryLocalStores(new Map()),
      now: Date.now,
      random: Math.random,
      timeZone: () => 'Europe/Berlin',
      userId: () => userId as UserId,
    },
    { id, documentName, name: 'Personal', kind: 'personal', role: 'owner' },
  )
  let { accessToken } = account
  const token = async (rejected?: string) => {
    if (rejected === accessToken) accessToken = (await signIn(url, account)).accessToken
    return accessToken
  }
  const writes: Write[] = []
  let acknowledged = 0

  const isSaved = () => workspace.state.getState().sync.kind === 'saved'
  workspace.state.subscribe(() => {
    if (isSaved()) acknowledged = writes.length
  })

  const untilAcknowledged = (count: number) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (acknowledged < count || !isSaved()) return
        unsubscribe()
        resolve()
      }
      const unsubscribe = workspace.state.subscribe(check)
      check()
    })

  /** Two quests, and then another title for the one before. */
  const write = () => {
    const [before] = writes.slice(-2)
    const title = `${name} ${String(writes.length).padStart(5, '0')}`
    const isRename = before !== undefined && writes.length % 3 === 2
    const questId = isRename ? before.questId : newId<QuestId>()
    const command = isRename
      ? ({ kind: 'editQuest', id: questId, fields: { title } } as const)
      : ({ kind: 'createQuest', id: questId, title } as const)
    const result = workspace.dispatch(command)
    if (!result.ok) throw new Error(`${command.kind} was refused: ${result.error.code}`)
    writes.push({ questId, title })
  }

  const device: WholeDevice = {
    account,
    workspace,
    writes,
    get acknowledged() {
      return acknowledged
    },
    connect: () => workspace.connect({ url: socketUrl, token }),
    untilAcknowledged,
    async writeOn(signal, pauseMs) {
      while (!signal.aborted) {
        write()
        await Promise.race([untilAcknowledged(writes.length), delay(OFFLINE_PAUSE_MS)])
        await delay(pauseMs())
      }
    },
  }
  device.connect()
  return device
}
