import { expect, test } from 'vitest'
import { memoryLocalStores } from '../rescue/memory-local-store.ts'
import { addQuest, makeDevice } from '../testing/devices.ts'
import { memoryDocuments } from '../testing/memory-documents.ts'
import { openTestSession } from '../testing/open-test-session.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** A session with a quest in its log; what is done to the log is noted in order. */
async function openLog(rescue: () => Promise<boolean>) {
  const done: string[] = []
  const disks = new Map()
  const device = makeDevice({ openLocalStore: memoryLocalStores(disks) })
  const open = async (ref: Workspace['ref']): Promise<Workspace> => {
    const workspace = await device.open(ref)
    done.push('open')
    return {
      ...workspace,
      rescue() {
        done.push('rescue')
        return rescue()
      },
      close() {
        done.push('close')
        return workspace.close()
      },
    }
  }
  const remove = async (documentName: string) => {
    done.push('remove')
    disks.delete(documentName)
  }
  const session = await openTestSession({ open, documents: { ...memoryDocuments(), remove } })
  const { workspace } = session.state.getState()
  if (workspace === null) throw new Error('no log was opened')
  addQuest(workspace, 'Here')
  done.length = 0
  return { session, workspace, done }
}

const isEmpty = (workspace: Workspace | null) => workspace?.doc.getArray('quests').length === 0

test('[R34] a log that differs is loaded again only when the server has all of it, and is closed before it is removed', async () => {
  const { session, workspace, done } = await openLog(async () => true)
  expect(await session.loadShownAgain()).toBe(true)
  expect(done).toEqual(['rescue', 'close', 'remove', 'open'])
  const shown = session.state.getState().workspace
  expect([shown === workspace, shown?.ref, isEmpty(shown)]).toEqual([false, workspace.ref, true])
})

test('[R34] nothing is removed while the server has not all of it', async () => {
  const { session, workspace, done } = await openLog(async () => false)
  expect(await session.loadShownAgain()).toBe(false)
  expect([done, session.state.getState().workspace]).toEqual([['rescue'], workspace])
})

test('[R34] what was set aside is kept by the log that is loaded again', async () => {
  const entry = { root: 'quests', client: 1, clock: 0, value: 'odd', setAsideAt: 1 }
  const { session, workspace } = await openLog(async () => true)
  await workspace.keepSetAside([entry])
  await session.loadShownAgain()
  expect(session.state.getState().workspace?.setAside()).toEqual([entry])
})
