import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { FromOtherTab, joinTabs, type Tabs } from './tabs.ts'

const opened: Tabs[] = []
afterEach(async () => {
  for (const tabs of opened.splice(0)) await tabs.leave()
})

let documents = 0
const nextName = () => `w:tabs-${documents++}:1`

const atOnce = async () => {}

function openTab(name: string, written: () => Promise<void> = atOnce, doc = new Y.Doc()) {
  opened.push(joinTabs(name, doc, { written, catchUp: atOnce }))
  return doc
}

/** Resolves at the first update after which the document's list reads so. */
function listReads(doc: Y.Doc, ...wanted: number[]): Promise<void> {
  const reads = () => JSON.stringify(doc.getArray('list').toArray()) === JSON.stringify(wanted)
  if (reads()) return Promise.resolve()
  return new Promise((resolve) => {
    doc.on('update', () => {
      if (reads()) resolve()
    })
  })
}

test('an edit made in one tab shows in the other', async () => {
  const name = nextName()
  const [here, there] = [openTab(name), openTab(name)]
  here.getArray('list').push([1])
  await listReads(there, 1)
  there.getArray('list').push([2])
  await listReads(here, 1, 2)
})

test('an edit that is made while the one before goes out follows by itself, whenever that is', async () => {
  const name = nextName()
  const [here, there] = [openTab(name), openTab(name)]
  const made: number[] = []
  const make = () => {
    made.push(made.length)
    here.getArray('list').push([made.length - 1])
  }
  for (let turns = 0; turns < 12; turns++) {
    make()
    for (let turn = 0; turn < turns; turn++) await null
    make()
    await listReads(there, ...made)
  }
})

test('a tab that opens gets what the others have, and gives what they miss', async () => {
  const name = nextName()
  const here = openTab(name)
  here.getArray('list').push([1])
  const there = new Y.Doc()
  there.getMap('settings').set('theme', 'dark')
  openTab(name, atOnce, there)
  await listReads(there, 1)
  await new Promise<void>((resolve) => {
    if (here.getMap('settings').get('theme') === 'dark') resolve()
    else here.on('update', () => here.getMap('settings').get('theme') === 'dark' && resolve())
  })
})

test('what came from another tab is marked, and is not sent back', async () => {
  const name = nextName()
  const [here, there] = [openTab(name), openTab(name)]
  const origins: unknown[] = []
  there.on('update', (_update, origin) => origins.push(origin))
  const overheard: string[] = []
  const wire = new BroadcastChannel(`questlog/tabs/${name}`)
  wire.onmessage = (event) => overheard.push(event.data.type)
  here.getArray('list').push([1])
  await listReads(there, 1)
  // Another round trip: an echo of the first edit would be on the wire before its end.
  there.getArray('list').push([2])
  await listReads(here, 1, 2)
  here.getArray('list').push([3])
  await listReads(there, 1, 2, 3)
  wire.close()
  expect(origins[0]).toBeInstanceOf(FromOtherTab)
  expect(overheard.filter((type) => type === 'update')).toHaveLength(3)
})

test('an edit is sent only once it is written', async () => {
  const name = nextName()
  let commit = () => {}
  const committed = new Promise<void>((resolve) => {
    commit = resolve
  })
  const events: string[] = []
  const here = openTab(name, () => committed.then(() => void events.push('written')))
  const there = openTab(name)
  there.on('update', () => events.push('received'))
  here.getArray('list').push([1])
  commit()
  await listReads(there, 1)
  expect(events.indexOf('written')).toBeLessThan(events.indexOf('received'))
})

test('an edit whose write failed is sent with the next one that was written', async () => {
  const name = nextName()
  let isFull = true
  let refuse = () => {}
  const refused = new Promise<void>((resolve) => {
    refuse = resolve
  })
  const here = openTab(name, async () => {
    if (!isFull) return
    refuse()
    throw new Error('full')
  })
  const there = openTab(name)
  here.getArray('list').push([1])
  await refused
  isFull = false
  here.getArray('list').push([2])
  await listReads(there, 1, 2)
})

test('a message of another shape is ignored', async () => {
  const name = nextName()
  const [here, there] = [openTab(name), openTab(name)]
  const stranger = new BroadcastChannel(`questlog/tabs/${name}`)
  stranger.postMessage({ type: 'update', update: 'not bytes' })
  stranger.postMessage(null)
  stranger.close()
  here.getArray('list').push([1])
  await listReads(there, 1)
})
