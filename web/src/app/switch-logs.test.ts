import { LocalStoreFailure } from '@questlog/shared/client/ports/local-store'
import { makeDevice } from '@questlog/shared/client/testing/devices'
import type { Workspace, WorkspaceRef } from '@questlog/shared/client/workspace/workspace'
import { newId } from '@questlog/shared/domain/kernel/ids'
import { beforeEach, expect, test, vi } from 'vitest'
import { showLog } from './device-log-list.ts'
import { openDeviceLogMemory } from './device-logs.ts'
import { openTestSession } from './testing/open-test-session.ts'

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  vi.stubGlobal('indexedDB', { databases: async () => [] })
})

/** A device with two logs, the first on screen; tells which are open, and opens them as `open` says. */
async function openTwoLogs(mayOpen: () => Promise<void> = async () => {}) {
  const device = makeDevice()
  const refs = ['A', 'B'].map((name): WorkspaceRef => {
    const id = newId<WorkspaceRef['id']>()
    return { id, documentName: `w:${id}:1`, name, kind: 'personal', role: 'owner' }
  })
  for (const ref of refs.toReversed()) openDeviceLogMemory().change((logs) => showLog(logs, ref, null))
  const opened: string[] = []
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
  const session = await openTestSession({ open })
  const [a = '', b = ''] = refs.map(({ documentName }) => documentName)
  return { session, opened, a, b, shown: () => session.state.getState().workspace?.ref.name }
}

test('a switch to another log and back leaves one log open', async () => {
  const { session, opened, a, b, shown } = await openTwoLogs()
  await Promise.all([session.show(b), session.show(a), session.show(b), session.show(a)])
  expect([shown(), opened]).toEqual(['A', ['A']])
})

test('a fault of the app is no fault of this device’s storage', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const faults = [new TypeError('a bug'), new LocalStoreFailure({ kind: 'blocked' })]
  const { session, b } = await openTwoLogs(async () => {
    throw faults.shift()
  })
  await session.show(b)
  expect(session.state.getState().openError).toEqual({ kind: 'bug' })
  await session.show(b)
  expect(session.state.getState().openError).toEqual({ kind: 'blocked' })
})
