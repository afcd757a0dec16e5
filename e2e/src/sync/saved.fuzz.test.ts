import { addQuest, makeDevice } from '@questlog/shared/client/testing/devices'
import type { WorkspaceState } from '@questlog/shared/client/workspace/workspace'
import { newId } from '@questlog/shared/domain/kernel/ids'
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { afterAll, afterEach, beforeAll, expect, onTestFailed, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { browserDevice, type Device, docOf, edit, isContained, otherDevice } from './failing-devices.ts'
import { type FailingServer, openFailingServer } from './failing-server.ts'
import { type FailingTab, TabChannel } from './failing-tabs.ts'

/** Seeds of what happens, in which order; one that fails is added. */
const SEEDS: readonly number[] = [2, 3, 6, 23, 8_949, 447_342]
const STEPS = 60

let server: FailingServer
beforeAll(async () => {
  server = await openFailingServer()
})
afterEach(async () => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  await server.releaseCommits()
})
afterAll(() => server.close())

const isSaved = ({ sync }: WorkspaceState) => sync.kind === 'saved'
const saysSaved = ({ workspace }: FailingTab) => isSaved(workspace.state.getState())

/** Lets whatever is ready run. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** What a tab calls saved is in the server's log: all of its document, and all of the disk it shares. */
async function expectClaimsTrue({ devices, document }: World): Promise<void> {
  for (const device of devices) {
    for (const tab of device.tabs) {
      if (!saysSaved(tab)) continue
      const changes = tab.changes()
      const isTrue = async () => {
        const held = [await device.disk(), docOf([Y.encodeStateAsUpdate(tab.workspace.doc)])]
        const committed = await server.committed(document)
        return held.every((doc) => isContained(doc, committed))
      }
      if (await isTrue()) continue
      // The word that it is behind may be under way.
      await turns(30)
      const isLie = !(await isTrue())
      if (isLie && tab.changes() === changes) throw new Error('a tab calls saved what is not committed')
    }
  }
}

function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A disk that takes no more until the function returned is called. */
function fillDisk(): () => void {
  const writes = (['add', 'put'] as const).map((method) =>
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError')
    }),
  )
  return () => {
    for (const write of writes) write.mockRestore()
  }
}

/** Everything a run needs to take a step. */
interface World {
  readonly document: string
  readonly devices: readonly Device[]
  readonly random: () => number
  readonly story: string[]
  makeRoom: (() => void) | null
}

const pick = <Value>(values: readonly Value[], random: () => number) => values[Math.floor(random() * values.length)]

async function close(device: Device, tab: FailingTab): Promise<void> {
  device.tabs.splice(device.tabs.indexOf(tab), 1)
  await tab.leave()
}

type Step = (world: World, device: Device, tab: FailingTab | undefined, name: string) => void | Promise<void>

const STEPS_BY_NAME: Readonly<Record<string, { readonly weight: number; readonly run: Step }>> = {
  edit: { weight: 10, run: ({ random }, _device, tab, name) => tab && edit(tab, random, name) },
  'edit at length': {
    weight: 2,
    run: ({ random }, _device, tab, name) => tab && edit(tab, random, name.repeat(1 + Math.floor(random() * 60))),
  },
  open: {
    weight: 4,
    async run(_world, device) {
      if (device.tabs.length < device.mostTabs) device.tabs.push(await device.open())
    },
  },
  close: { weight: 1, run: (_world, device, tab) => tab && close(device, tab) },
  crash: {
    weight: 2,
    async run({ random }, device, tab, name) {
      if (tab === undefined) return
      tab.mute()
      edit(tab, random, name)
      await turns(3)
      tab.cut()
      await close(device, tab)
    },
  },
  cut: { weight: 2, run: (_world, _device, tab) => tab?.cut() },
  'merge a log in': {
    weight: 1,
    async run({ random }, _device, tab, name) {
      const local = await makeDevice({ random }).open({ id: newId(), documentName: `w:${newId()}:1` })
      local.note(addQuest(local, name)).insert(0, name)
      await tab?.act(() => tab.workspace.mergeFrom(local)).catch(() => undefined)
      await local.close()
    },
  },
  kill: { weight: 1, run: () => server.kill() },
  'kill and roll back': {
    weight: 1,
    async run({ document, random }) {
      await server.kill()
      await server.rollBack(document, 1 + Math.floor(random() * 4))
    },
  },
  start: { weight: 8, run: () => server.start() },
  'hold commits': { weight: 2, run: ({ document }) => server.holdCommits(document) },
  'release commits': { weight: 3, run: () => server.releaseCommits() },
  'fill the disk': {
    weight: 1,
    run(world) {
      world.makeRoom ??= fillDisk()
    },
  },
  'make room': { weight: 2, run: (world) => makeRoom(world) },
  'wait until saved': {
    weight: 3,
    async run(world) {
      await server.start()
      await server.releaseCommits()
      await makeRoom(world)
      await allSaved(world.devices)
    },
  },
  wait: { weight: 8, run: ({ random }) => turns(Math.floor(random() * 60)) },
}

async function makeRoom(world: World): Promise<void> {
  world.makeRoom?.()
  world.makeRoom = null
  for (const { tabs } of world.devices) for (const tab of tabs) await flush(tab)
}

/** A write that was refused while there was no room may say so only now. */
async function flush({ workspace, act }: FailingTab): Promise<void> {
  await act(() => workspace.flush().catch(() => workspace.flush()))
}

const BAG = Object.entries(STEPS_BY_NAME).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name))

function untilSaved({ workspace }: FailingTab): Promise<void> {
  return new Promise((resolve) => {
    const check = (state: WorkspaceState) => {
      if (!isSaved(state)) return
      unsubscribe()
      resolve()
    }
    const unsubscribe = workspace.state.subscribe(check)
    check(workspace.state.getState())
  })
}

async function allSaved(devices: readonly Device[]): Promise<void> {
  await Promise.all(devices.flatMap(({ tabs }) => tabs.map(untilSaved)))
}

test.each(SEEDS)('saved is true whenever it is said, and is said in the end (seed %i)', async (seed) => {
  const random = randomFrom(seed)
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('BroadcastChannel', TabChannel)
  // As on a page by plain http.
  if (seed % 2 === 0) vi.stubGlobal('navigator', {})
  const document = `w:${newId()}:1`
  const skews = [0, -3_600_000, 2 * 86_400_000]
  const depsOf = () => {
    const skewMs = pick(skews, random) ?? 0
    // One of its own: what a client asks for depends on the machine's pace, and the steps must not.
    return { now: () => Date.now() + skewMs, random: randomFrom(seed), serverUrl: server.url }
  }
  const devices = [browserDevice(document, depsOf()), otherDevice(document, depsOf())]
  const world: World = { document, devices, random, story: [], makeRoom: null }
  onTestFailed(() => console.error(world.story.join('\n')))
  onTestFinished(async () => {
    for (const device of devices) for (const tab of [...device.tabs]) await close(device, tab)
  })
  await server.start()
  for (const device of devices) device.tabs.push(await device.open())

  for (let step = 0; step < STEPS; step += 1) {
    const name = pick(BAG, random) ?? 'wait'
    const device = random() < 0.7 ? devices[0] : devices[1]
    if (device === undefined) continue
    world.story.push(`${step} ${name} on ${devices.indexOf(device)} of ${device.tabs.length}`)
    await STEPS_BY_NAME[name]?.run(world, device, pick(device.tabs, random), `${seed}.${step}`)
    await expectClaimsTrue(world)
  }

  for (const device of devices) if (device.tabs.length === 0) device.tabs.push(await device.open())
  await STEPS_BY_NAME['wait until saved']?.run(world, devices[0] as Device, undefined, '')
  await expectClaimsTrue(world)
  const committed = await server.committed(document)
  for (const device of devices) expect(isContained(await device.disk(), committed)).toBe(true)
})
