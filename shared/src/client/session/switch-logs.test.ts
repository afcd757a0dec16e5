import { expect, test } from 'vitest'
import { newId } from '../../domain/kernel/ids.ts'
import { LocalStoreFailure } from '../ports/local-store.ts'
import { makeDevice } from '../testing/devices.ts'
import { memoryKeyValues } from '../testing/memory-key-value.ts'
import { changeLogs, openTestSession } from '../testing/open-test-session.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import { showLog } from './device-log-list.ts'

/** A device with two logs, the first on screen; tells which are open, and opens them as `open` says. */
async function openTwoLogs(mayOpen: () => Promise<void> = async () => {}) {
  const device = makeDevice()
  const refs = ['A', 'B'].map((name): WorkspaceRef => {
    const id = newId<WorkspaceRef['id']>()
    return { id, documentName: `w:${id}:1`, name, kind: 'personal', role: 'owner' }
  })
  const memory = memoryKeyValues().open()
  for (const ref of refs.toReversed()) changeLogs(memory, (logs) => showLog(logs, ref, null))
  const opened: string[] = []
  const bugs: unknown[] = []
  let isFirst = true
  const open = async (ref: WorkspaceRef): Promise<Workspace> => {
    if (!isFirst) await mayOpen()
    isFirst = false
    const workspace = await device.open(ref)
    opened.push(ref.name)
    return {
      ...workspace,
      async close() {
        await workspace.close()
        opened.splice(opened.indexOf(ref.name), 1)
      },
    }
  }
  const session = await openTestSession({
    open,
    memory,
    faults: { isOfStorage: () => false, report: (bug) => bugs.push(bug) },
  })
  const [a = '', b = ''] = refs.map(({ documentName }) => documentName)
  return { session, opened, bugs, a, b, shown: () => session.state.getState().workspace?.ref.name }
}

test('a switch to another log and back leaves one log open', async () => {
  const { session, opened, a, b, shown } = await openTwoLogs()
  await Promise.all([session.show(b), session.show(a), session.show(b), session.show(a)])
  expect([shown(), opened]).toEqual(['A', ['A']])
})

test('a fault of the app is no fault of this device’s storage', async () => {
  const bug = new TypeError('a bug')
  const faults = [bug, new LocalStoreFailure({ kind: 'blocked' })]
  const { session, bugs, b } = await openTwoLogs(async () => {
    throw faults.shift()
  })
  await session.show(b)
  expect(session.state.getState().openError).toEqual({ kind: 'bug' })
  await session.show(b)
  expect([session.state.getState().openError, bugs]).toEqual([{ kind: 'blocked' }, [bug]])
})
