import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { memoryLocalStores } from '../rescue/memory-local-store.ts'
import { addQuest, type Device, makeDevice, TEST_REF, untilSync } from '../testing/devices.ts'
import { syncFixture } from '../testing/sync-fixture.ts'
import { createWriterId } from './writer-id.ts'

const sync = syncFixture()
const idsOn = (documentName = TEST_REF.documentName) => [...sync.server.committed(documentName).store.clients.keys()]

/** For a page that closes what it has open. */
const never = () => () => {}

/** Lets everything happen that waits for nothing outside. */
const turn = () => new Promise((resolve) => setTimeout(resolve))

/** Starts the app, and waits until all is saved. */
async function openAndMeet(device: Device) {
  const workspace = await sync.open(device)
  sync.connect(workspace)
  await untilSync(workspace, 'saved')
  await turn()
  return workspace
}

/** Starts the app, waits until all is saved, writes a quest, and ends the app. */
async function startAndWrite(device: Device, title: string) {
  const workspace = await openAndMeet(device)
  addQuest(workspace, title)
  await untilSync(workspace, 'saved')
  await sync.close(workspace)
}

describe('the client ids of a device', () => {
  test('[R35] starts one after another write with one id', async () => {
    const device = makeDevice({ onPageLeaving: never })
    for (let start = 0; start < 20; start += 1) await startAndWrite(device, `Quest ${start}`)
    expect(idsOn()).toHaveLength(1)
    expect(sync.committedTitles()).toHaveLength(20)
  })

  test('[R35] a start that writes before it has met the server uses an id of its own', async () => {
    const device = makeDevice({ onPageLeaving: never })
    await startAndWrite(device, 'First')
    const offline = await sync.open(device)
    addQuest(offline, 'Offline')
    sync.connect(offline)
    await untilSync(offline, 'saved')
    addQuest(offline, 'Later')
    await untilSync(offline, 'saved')
    await sync.close(offline)
    expect(idsOn()).toHaveLength(2)
    await startAndWrite(device, 'Last')
    expect(idsOn()).toHaveLength(2)
  })

  test('[R35] two tabs never write with the same id, and a run that crashed leaves none', async () => {
    const device = makeDevice({ onPageLeaving: never })
    await startAndWrite(device, 'First')
    const [one, two] = [await openAndMeet(device), await openAndMeet(device)]
    for (const tab of [one, two]) {
      addQuest(tab, 'From a tab')
      await untilSync(tab, 'saved')
    }
    expect(one.doc.clientID).not.toBe(two.doc.clientID)
    expect(idsOn()).toHaveLength(2)
    // As a crash does: nothing is left.
    one.disconnect()
    two.disconnect()
    await startAndWrite(device, 'Last')
    expect(idsOn()).toHaveLength(3)
  })

  test('[R35] where nothing can be kept at once, every start writes with an id of its own to its end', async () => {
    let leavePage = () => {}
    const device = makeDevice({
      onPageLeaving(listener) {
        leavePage = listener
        return () => {}
      },
      async openLocalStore(documentName) {
        const store = await stores(documentName)
        return { ...store, atOnce: { ...store.atOnce, write: () => false } }
      },
    })
    const stores = memoryLocalStores(device.disks)
    for (let start = 0; start < 3; start += 1) await startAndWrite(device, `Quest ${start}`)
    expect(idsOn()).toHaveLength(3)
    const page = await openAndMeet(device)
    addQuest(page, 'Last')
    const { clientID } = page.doc
    leavePage()
    expect(page.doc.clientID).toBe(clientID)
    await sync.close(page)
  })

  test('[R35] of ids that nobody takes up, a few are kept', async () => {
    const device = makeDevice({ onPageLeaving: never })
    for (let start = 0; start < 20; start += 1) {
      const offline = await sync.open(device)
      addQuest(offline, `Quest ${start}`)
      await sync.close(offline)
    }
    expect(device.disks.get(TEST_REF.documentName)?.atOnce.size).toBe(16)
  })

  test('[R35] a page that goes away leaves its id before it can write another word, and goes on with another', async () => {
    const pages = new Set<() => void>()
    const device = makeDevice({
      onPageLeaving(listener) {
        pages.add(listener)
        return () => pages.delete(listener)
      },
    })
    const page = await openAndMeet(device)
    addQuest(page, 'First')
    await untilSync(page, 'saved')
    const { clientID } = page.doc
    for (const leave of pages) leave()
    expect(page.doc.clientID).not.toBe(clientID)
    const next = await openAndMeet(device)
    expect(next.doc.clientID).toBe(clientID)
    await sync.close(page)
    await sync.close(next)
    expect(pages.size).toBe(0)
  })

  test('[R35] of two runs that find one id at once, one takes it up', async () => {
    const device = makeDevice({ onPageLeaving: never })
    await startAndWrite(device, 'First')
    const left = idsOn()
    const tabs = await Promise.all([openAndMeet(device), openAndMeet(device)])
    expect(tabs.map(({ doc }) => left.includes(doc.clientID)).sort()).toEqual([false, true])
  })

  test('[R35] what was left is taken up once, although it is found again after a crash', async () => {
    const device = makeDevice({ onPageLeaving: never })
    await startAndWrite(device, 'First')
    const [left] = idsOn()
    const texts = [...(device.disks.get(TEST_REF.documentName)?.atOnce ?? [])]
    const crashed = await openAndMeet(device)
    expect(crashed.doc.clientID).toBe(left)
    for (const [key, text] of texts) device.disks.get(TEST_REF.documentName)?.atOnce.set(key, text)
    const next = await openAndMeet(device)
    expect(next.doc.clientID).not.toBe(left)
  })

  test('[R35] what was left beside a document that was removed is not taken up once it is back', async () => {
    const device = makeDevice({ onPageLeaving: never })
    await startAndWrite(device, 'First')
    const [left] = idsOn()
    const atOnce = device.disks.get(TEST_REF.documentName)?.atOnce ?? new Map()
    device.disks.set(TEST_REF.documentName, { updates: [], facts: new Map(), atOnce })
    const back = await openAndMeet(device)
    expect(back.doc.clientID).not.toBe(left)
  })

  test('[R35] an id is not taken up where the server holds more of it than this device: its disk was put back', async () => {
    const device = makeDevice({ onPageLeaving: never })
    await startAndWrite(device, 'First')
    const disk = device.disks.get(TEST_REF.documentName)
    const backup = structuredClone({ updates: [], facts: new Map(), atOnce: new Map(), ...disk })
    await startAndWrite(device, 'Second')
    device.disks.set(TEST_REF.documentName, backup)
    await startAndWrite(device, 'Third')
    expect(idsOn()).toHaveLength(2)
    expect(sync.committedTitles()).toEqual(['First', 'Second', 'Third'])
  })
  test('[R35] an id is not taken up before the server has said in this run that it holds all of it', async () => {
    const store = await memoryLocalStores()('w:01K00000000000000000000000:1')
    const doc = new Y.Doc()
    await store.load(doc)
    let isHeld = false
    const deps = { doc, store, onPageLeaving: never, isHeld: () => isHeld, onStoreFailure: () => undefined }
    const earlier = createWriterId(deps)
    const { clientID } = doc
    doc.getArray('list').push(['written'])
    await earlier.end()
    const later = createWriterId(deps)
    await later.onAccord()
    expect(doc.clientID).not.toBe(clientID)
    isHeld = true
    await later.onAccord()
    expect(doc.clientID).toBe(clientID)
  })
})
