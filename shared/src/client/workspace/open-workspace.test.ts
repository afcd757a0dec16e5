import { describe, expect, test } from 'vitest'
import type { QuestId, TagId } from '../../domain/kernel/ids.ts'
import { memoryChangeLogs } from '../changes/memory-change-log.ts'
import { type LocalStore, type LocalStoreError, LocalStoreFailure } from '../ports/local-store.ts'
import { memoryLocalStores } from '../rescue/memory-local-store.ts'
import { addQuest, makeDevice, TEST_REF } from '../testing/devices.ts'

/** A memory store of which the tests replace parts. */
async function storeWith(parts: Partial<LocalStore>): Promise<LocalStore> {
  return { ...(await memoryLocalStores()('w:01K00000000000000000000000:1')), ...parts }
}

describe('opening', () => {
  test('shows what is on disk, without the network', async () => {
    const device = makeDevice()
    const first = await device.open()
    const id = addQuest(first, 'Kept')
    first.note(id).insert(0, 'a note')
    await first.close()

    const second = await device.open()
    expect(second.projection.quest(id)?.title).toBe('Kept')
    expect(second.note(id).toString()).toBe('a note')
    await second.close()
  })

  test('rejects with the reason when the disk cannot be read, and leaves nothing open', async () => {
    let closed = 0
    const store = await storeWith({
      load: () => Promise.reject(new LocalStoreFailure({ kind: 'blocked' })),
      close: async () => {
        closed += 1
      },
    })
    const opening = makeDevice({ openLocalStore: async () => store }).open()
    await expect(opening).rejects.toMatchObject({ reason: { kind: 'blocked' } })
    expect(closed).toBe(1)
  })

  test('a failure of the disk after opening is shown, and the log stays usable', async () => {
    let fail: (error: LocalStoreError) => void = () => undefined
    const store = await storeWith({
      onError(listener) {
        fail = listener
        return () => undefined
      },
    })
    const workspace = await makeDevice({ openLocalStore: async () => store }).open()
    fail({ kind: 'quota-exceeded' })
    expect(workspace.state.getState().storageError).toEqual({ kind: 'quota-exceeded' })
    expect(workspace.projection.quest(addQuest(workspace, 'Still'))?.title).toBe('Still')
    await workspace.close()
  })

  test('a flush that succeeds takes the failure back, but not that rows were set aside', async () => {
    let fail: (error: LocalStoreError) => void = () => undefined
    const store = await storeWith({
      onError(listener) {
        fail = listener
        return () => undefined
      },
    })
    const workspace = await makeDevice({ openLocalStore: async () => store }).open()
    fail({ kind: 'quota-exceeded' })
    await workspace.flush()
    expect(workspace.state.getState().storageError).toBeNull()
    fail({ kind: 'corrupt', quarantinedRows: 1 })
    await workspace.flush()
    expect(workspace.state.getState().storageError).toEqual({ kind: 'corrupt', quarantinedRows: 1 })
    await workspace.close()
  })

  test('flush passes on that the disk failed', async () => {
    const store = await storeWith({ flush: () => Promise.reject(new LocalStoreFailure({ kind: 'quota-exceeded' })) })
    const workspace = await makeDevice({ openLocalStore: async () => store }).open()
    await expect(workspace.flush()).rejects.toMatchObject({ reason: { kind: 'quota-exceeded' } })
  })
})

describe('commands', () => {
  test('a refused command writes nothing and gives its typed error', async () => {
    const workspace = await makeDevice().open()
    const missing = '01K0000000000000000000000Z' as QuestId
    expect(workspace.dispatch({ kind: 'completeQuest', id: missing })).toEqual({
      ok: false,
      error: { code: 'not-found', table: 'quests', id: missing },
    })
    expect(workspace.state.getState().canUndo).toBe(false)
    await workspace.close()
  })

  test('undo takes the latest back and redo repeats it; the state tells what is possible', async () => {
    const workspace = await makeDevice().open()
    const id = addQuest(workspace, 'Before')
    const edit = { kind: 'editQuest', id, fields: { title: 'After' } } as const
    workspace.dispatch(edit)
    expect(workspace.undo()?.what).toEqual(edit)
    expect(workspace.projection.quest(id)?.title).toBe('Before')
    expect(workspace.state.getState()).toMatchObject({ canUndo: true, canRedo: true })
    expect(workspace.redo()?.what).toEqual(edit)
    expect(workspace.projection.quest(id)?.title).toBe('After')
    expect(workspace.state.getState()).toMatchObject({ canUndo: true, canRedo: false })
    expect(workspace.redo()).toBeNull()
    await workspace.close()
  })

  test('what is removed for good goes with its notes, which other devices see too, and no undo brings a part of it back', async () => {
    const workspace = await makeDevice().open()
    const id = addQuest(workspace, 'Secret')
    const kept = addQuest(workspace, 'Kept')
    workspace.note(id).insert(0, 'The key is under the mat')
    const updates: unknown[] = []
    workspace.doc.on('update', (update) => updates.push(update))
    workspace.dispatch({ kind: 'trashQuests', ids: [id] })
    workspace.dispatch({ kind: 'purgeQuests', ids: [id] })
    expect(updates).toHaveLength(2)
    expect(JSON.stringify(workspace.exportLog())).not.toContain('under the')
    expect(workspace.undo()?.what).toMatchObject({ kind: 'createQuest', id: kept })
    expect([workspace.undo(), workspace.projection.quest(id)]).toEqual([null, undefined])
    await workspace.close()
  })
})

describe('export', () => {
  test('holds every record and note, whatever the order they were written in', async () => {
    const device = makeDevice()
    const workspace = await device.open()
    const ids = ['01K0000000000000000000000B', '01K0000000000000000000000A'] as QuestId[]
    for (const id of ids) {
      workspace.dispatch({ kind: 'createQuest', id, title: `Quest ${id}` })
      workspace.note(id).insert(0, `Note ${id}`)
    }
    workspace.dispatch({ kind: 'createTag', id: '01K0000000000000000000000T' as TagId, name: 'deep' })
    workspace.dispatch({ kind: 'trashQuests', ids: ids.slice(0, 1) })

    const exported = workspace.exportLog()
    expect(exported).toMatchObject({
      format: 'questlog-json',
      version: 1,
      exportedAt: device.time.now(),
      workspace: { id: TEST_REF.id, name: 'Personal', kind: 'personal' },
    })
    expect(Object.keys(exported.records)).toEqual(['quests', 'tags'])
    expect(exported.records.quests?.map(({ id, fields }) => [id, fields.title])).toEqual(
      [...ids].sort().map((id) => [id, `Quest ${id}`]),
    )
    expect(exported.records.quests?.[1]?.fields.deletedAt).toBe(device.time.now())
    expect(Object.entries(exported.notes)).toEqual([...ids].sort().map((id) => [id, `Note ${id}`]))
    expect(JSON.parse(JSON.stringify(exported))).toEqual(exported)
    await workspace.close()
  })

  test('equal logs give equal files', async () => {
    const [one, two] = [await makeDevice().open(), await makeDevice().open()]
    for (const title of ['a', 'b', 'c']) one.note(addQuest(one, title)).insert(0, title)
    await two.mergeFrom(one)
    expect(JSON.stringify(two.exportLog())).toBe(JSON.stringify(one.exportLog()))
  })
})

describe('merging and leaving', () => {
  test('merging a log in twice is merging it once, and the other stays as it is', async () => {
    const [account, local] = [await makeDevice().open(), await makeDevice().open()]
    addQuest(account, 'Account')
    const id = addQuest(local, 'Local')
    const before = JSON.stringify(local.exportLog())
    expect(await account.mergeFrom(local)).toMatchObject({ entries: 1 })
    const once = JSON.stringify(account.exportLog())
    expect(await account.mergeFrom(local)).toMatchObject({ entries: 0 })
    expect(account.projection.quest(id)?.title).toBe('Local')
    expect(JSON.stringify(account.exportLog())).toBe(once)
    expect(JSON.stringify(local.exportLog())).toBe(before)
  })

  test('what was merged in is on disk when the merge resolves', async () => {
    const device = makeDevice()
    const [account, local] = [await device.open(), await makeDevice().open()]
    const id = addQuest(local, 'Local')
    await account.mergeFrom(local)

    expect((await device.open()).projection.quest(id)?.title).toBe('Local')
  })

  test('the history of a log goes with it into another workspace', async () => {
    const openChangeLog = memoryChangeLogs()
    const device = makeDevice({ openChangeLog })
    const account = await device.open()
    const local = await device.open({ id: 'other' as never, documentName: 'w:other:1' })
    const id = addQuest(local, 'First')
    local.dispatch({ kind: 'editQuest', id, fields: { title: 'Second' } })
    await account.mergeFrom(local)
    const seen = await account.changes.ofQuest(id)
    expect(seen.map(({ change, before, after }) => [change, before, after])).toEqual([
      ['changed', 'First', 'Second'],
      ['created', null, null],
    ])
  })

  test('a merge that did not reach the disk is rejected with the reason', async () => {
    const store = await storeWith({ flush: () => Promise.reject(new LocalStoreFailure({ kind: 'quota-exceeded' })) })
    const [account, local] = [await makeDevice({ openLocalStore: async () => store }).open(), await makeDevice().open()]
    addQuest(local, 'Local')
    await expect(account.mergeFrom(local)).rejects.toMatchObject({ reason: { kind: 'quota-exceeded' } })
  })

  test('destroy removes the log from the device, close keeps it', async () => {
    const device = makeDevice()
    const first = await device.open()
    const id = addQuest(first, 'Here')
    await first.close()
    const second = await device.open()
    expect(second.projection.quest(id)).toBeDefined()
    await second.destroy()
    expect((await device.open()).projection.quest(id)).toBeUndefined()
  })
})
