import { describe, expect, test } from 'vitest'
import { memoryLocalStores } from '../rescue/memory-local-store.ts'
import { addQuest, makeDevice, TEST_REF, untilSync } from '../testing/devices.ts'
import { memoryWriterSlots } from '../testing/memory-writer-slots.ts'
import { syncFixture } from '../testing/sync-fixture.ts'

const sync = syncFixture()
const idsOn = (documentName = TEST_REF.documentName) => [...sync.server.committed(documentName).store.clients.keys()]

/** Lets everything happen that waits for nothing outside. */
const turn = () => new Promise((resolve) => setTimeout(resolve))

/** Starts the app, waits until all is saved, writes a quest, and ends the app. */
async function startAndWrite(device: ReturnType<typeof makeDevice>, title: string) {
  const workspace = await sync.open(device)
  sync.connect(workspace)
  await untilSync(workspace, 'saved')
  await turn()
  addQuest(workspace, title)
  await untilSync(workspace, 'saved')
  await sync.close(workspace)
}

describe('the client ids of a device', () => {
  test('[R35] starts one after another write with one id', async () => {
    const device = makeDevice({ writerSlots: memoryWriterSlots() })
    for (let start = 0; start < 20; start += 1) await startAndWrite(device, `Quest ${start}`)
    expect(idsOn()).toHaveLength(1)
    expect(sync.committedTitles()).toHaveLength(20)
  })

  test('[R35] a start that writes before it has met the server uses an id of its own', async () => {
    const device = makeDevice({ writerSlots: memoryWriterSlots() })
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
    const device = makeDevice({ writerSlots: memoryWriterSlots() })
    await startAndWrite(device, 'First')
    const [one, two] = [await sync.open(device), await sync.open(device)]
    for (const tab of [one, two]) {
      sync.connect(tab)
      await untilSync(tab, 'saved')
      await turn()
      addQuest(tab, 'From a tab')
      await untilSync(tab, 'saved')
    }
    expect(one.doc.clientID).not.toBe(two.doc.clientID)
    expect(idsOn()).toHaveLength(2)
    // As a crash does: nothing is left on the list.
    one.disconnect()
    await startAndWrite(
      {
        ...device,
        open: makeDevice({ openLocalStore: memoryLocalStores(device.disks), writerSlots: memoryWriterSlots() }).open,
      },
      'Last',
    )
    expect(idsOn()).toHaveLength(3)
  })

  test('[R35] where nobody can tell what other tabs hold, every start writes with an id of its own', async () => {
    const device = makeDevice({ writerSlots: { take: async () => null } })
    for (let start = 0; start < 3; start += 1) await startAndWrite(device, `Quest ${start}`)
    expect(idsOn()).toHaveLength(3)
  })

  test('[R35] an id is not taken up where the server holds more of it than this device: its disk was put back', async () => {
    const device = makeDevice({ writerSlots: memoryWriterSlots() })
    await startAndWrite(device, 'First')
    const disk = device.disks.get(TEST_REF.documentName)
    const backup = structuredClone({ updates: disk?.updates ?? [], facts: disk?.facts ?? new Map() })
    await startAndWrite(device, 'Second')
    device.disks.set(TEST_REF.documentName, backup)
    await startAndWrite(device, 'Third')
    expect(idsOn()).toHaveLength(2)
    expect(sync.committedTitles()).toEqual(['First', 'Second', 'Third'])
  })
})
