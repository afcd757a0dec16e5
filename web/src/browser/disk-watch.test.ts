import { afterEach, describe, expect, test } from 'vitest'
import type { DiskWatch } from './disk-watch.ts'
import { watchDiskByChannel } from './watch-disk-by-channel.ts'
import { watchDiskByLocks } from './watch-disk-by-locks.ts'

type WatchDisk = (documentName: string, catchUp: () => Promise<void>) => DiskWatch

const watches: DiskWatch[] = []
afterEach(() => {
  for (const watch of watches.splice(0)) watch.stop()
})

let documents = 0
const nextName = () => `w:watch-${documents++}:1`

/** A tab on a disk of numbers that all tabs share, and how many of them it had read whenever it was caught up. */
function openTabOf(watchDisk: WatchDisk, name: string, disk: readonly number[], read = async () => {}) {
  let known = 0
  const counts: number[] = []
  const changes = new Set<() => void>()
  let isCaughtUp = false
  const watch = watchDisk(name, async () => {
    const seen = disk.length
    await read()
    known = seen
  })
  watches.push(watch)
  watch.onCaughtUp((next) => {
    isCaughtUp = next
    if (next) counts.push(known)
    for (const change of changes) change()
  })
  watch.start()
  const until = (wanted: boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (isCaughtUp !== wanted) return
        changes.delete(check)
        resolve()
      }
      changes.add(check)
      check()
    })
  return { watch, counts, untilCaughtUp: () => until(true), untilBehind: () => until(false) }
}

/** A write that lands when it is told to. */
function slowWrite(disk: number[], value: number) {
  const landing = Promise.withResolvers<void>()
  const write = () => landing.promise.then(() => void disk.push(value))
  return { write, land: landing.resolve }
}

/** Resolves after locks that nobody holds were granted, and messages went back and forth: what was told before is known. */
async function othersHeard(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await navigator.locks.request(nextName(), () => undefined)
    const name = nextName()
    const [from, to] = [new BroadcastChannel(name), new BroadcastChannel(name)]
    const heard = new Promise((resolve) => to.addEventListener('message', resolve))
    from.postMessage(round)
    await heard
    for (const channel of [from, to]) channel.close()
  }
}

describe.each<[string, WatchDisk]>([
  ['by locks', watchDiskByLocks],
  ['by channel', (name, catchUp) => watchDiskByChannel(name, catchUp, 60_000)],
])('a disk watched %s', (_by, watchDisk) => {
  const openTab = (name: string, disk: readonly number[], read?: () => Promise<void>) =>
    openTabOf(watchDisk, name, disk, read)

  test('all tabs are behind before an announced write lands, and caught up once they have read it', async () => {
    const [name, disk] = [nextName(), [] as number[]]
    const [here, there] = [openTab(name, disk), openTab(name, disk)]
    for (const tab of [here, there]) await tab.untilCaughtUp()
    const { write, land } = slowWrite(disk, 1)
    const written = there.watch.announce(write)
    for (const tab of [here, there]) await tab.untilBehind()
    land()
    await written
    for (const tab of [here, there]) await tab.untilCaughtUp()
    expect([here.counts, there.counts]).toEqual([
      [0, 1],
      [0, 1],
    ])
  })

  test('of two writes at once the longer one is waited for, whichever was announced first', async () => {
    const [name, disk] = [nextName(), [] as number[]]
    const [here, there] = [openTab(name, disk), openTab(name, disk)]
    for (const tab of [here, there]) await tab.untilCaughtUp()
    const [first, second] = [slowWrite(disk, 1), slowWrite(disk, 2)]
    const writes = [here.watch.announce(first.write), there.watch.announce(second.write)]
    await here.untilBehind()
    second.land()
    await writes[1]
    await othersHeard()
    first.land()
    await writes[0]
    for (const tab of [here, there]) await tab.untilCaughtUp()
    expect([here.counts, there.counts]).toEqual([
      [0, 2],
      [0, 2],
    ])
  })

  test('a write that fails leaves nobody behind', async () => {
    const [name, disk] = [nextName(), [] as number[]]
    const here = openTab(name, disk)
    await here.untilCaughtUp()
    await expect(here.watch.announce(() => Promise.reject(new Error('full')))).rejects.toThrow('full')
    await here.untilCaughtUp()
  })

  test('a write announced while the disk is read has it read again', async () => {
    const [name, disk] = [nextName(), [] as number[]]
    const reading = Promise.withResolvers<void>()
    let reads = 0
    const begun = Promise.withResolvers<void>()
    const here = openTab(name, disk, async () => {
      reads += 1
      begun.resolve()
      if (reads === 1) await reading.promise
    })
    await begun.promise
    const there = openTab(name, disk)
    await there.untilCaughtUp()
    const { write, land } = slowWrite(disk, 1)
    const written = there.watch.announce(write)
    await there.untilBehind()
    await othersHeard()
    land()
    await written
    reading.resolve()
    await here.untilCaughtUp()
    expect(here.counts).toEqual([1])
  })

  test('a disk that cannot be read leaves the tab behind until the next write', async () => {
    const [name, disk] = [nextName(), [] as number[]]
    let isBroken = true
    const told = Promise.withResolvers<void>()
    const here = openTab(name, disk, async () => {
      if (!isBroken) return
      told.resolve()
      throw new Error('closed')
    })
    await told.promise
    isBroken = false
    await here.watch.announce(async () => void disk.push(1))
    await here.untilCaughtUp()
    expect(here.counts).toEqual([1])
  })

  test('a tab that stopped is behind, and reads what it missed when it starts again', async () => {
    const [name, disk] = [nextName(), [] as number[]]
    const [here, there] = [openTab(name, disk), openTab(name, disk)]
    for (const tab of [here, there]) await tab.untilCaughtUp()
    here.watch.stop()
    await here.untilBehind()
    await there.watch.announce(async () => void disk.push(1))
    here.watch.start()
    await here.untilCaughtUp()
    expect(here.counts).toEqual([0, 1])
  })
})

test('by channel, a write that is never over is taken for over after a while, and what landed is read', async () => {
  const [name, disk] = [nextName(), [] as number[]]
  const here = openTabOf((...args) => watchDiskByChannel(...args, 20), name, disk)
  await here.untilCaughtUp()
  const crashed = watchDiskByChannel(name, async () => {})
  void crashed.announce(() => {
    disk.push(1)
    return new Promise(() => {})
  })
  await here.untilBehind()
  await here.untilCaughtUp()
  expect(here.counts).toEqual([0, 1])
})

test('by channel, what another version says is not understood and changes nothing', async () => {
  const name = nextName()
  const here = openTabOf(watchDiskByChannel, name, [])
  await here.untilCaughtUp()
  const channel = new BroadcastChannel(`questlog/writes/${name}`)
  for (const message of ['writing', { type: 'reading', write: '1' }, { type: 'writing' }]) channel.postMessage(message)
  channel.close()
  await othersHeard()
  await here.untilCaughtUp()
  expect(here.counts).toEqual([0])
})
