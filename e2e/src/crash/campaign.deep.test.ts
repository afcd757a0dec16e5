import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { seededRandom } from '@questlog/shared/store/projection-test-log'
import { afterEach, beforeEach, expect, inject, onTestFinished, test } from 'vitest'
import { registerAccount, type ScriptAccount, signIn } from '../harness/account.ts'
import { freePort, makeDataDirectory, type QuestlogProcess, spawnQuestlog } from '../harness/questlog-process.ts'
import { killDatabase, suspendDatabase } from './database-processes.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'
import { openWholeDevice, type WholeDevice } from './whole-device.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What happens when is drawn from it. */
    readonly campaignSeed: number
  }
}

const KILLS = 24
const JUMPS = 8
const OUTAGES = 4
const FULL_DISKS = 3
const PEOPLE = 2
const DEVICES_EACH = 3
const DAY_MS = 24 * 60 * 60 * 1000
const CALM_PAUSE_MS = 150

const environment = {
  // Snapshots replace the log at once and all the time.
  COMPACT_AFTER_UPDATES: '50',
  LOG_RETENTION_DAYS: '0',
  AUTH_REQUESTS_PER_MINUTE: '1000',
  LOGIN_ATTEMPTS_PER_MINUTE: '1000',
  RATE_LIMIT_BURST: '100000',
}

const happenings = ['server killed', 'database killed', 'clock set', 'outage', 'disk full'] as const
type Happening = (typeof happenings)[number]

const random = seededRandom(inject('campaignSeed'))
const between = (least: number, most: number) => least + random() * (most - least)

let dataDirectory: Awaited<ReturnType<typeof makeDataDirectory>>
let disk: SmallDisk | null
let port: number
let server: QuestlogProcess
let aheadMs: number
let goOn: () => void

beforeEach(async () => {
  dataDirectory = await makeDataDirectory('empty')
  disk = await mountSmallDisk(dataDirectory.path)
  port = await freePort()
  aheadMs = 0
  goOn = () => undefined
})
afterEach(async () => {
  goOn()
  disk?.makeRoom()
  await server.stop()
  await disk?.unmount()
  await dataDirectory.remove()
})

async function start(): Promise<void> {
  const preload = join(import.meta.dirname, 'jumping-clock.ts')
  const started = spawnQuestlog({ dataDirectory: dataDirectory.path, port, environment, preload })
  server = started.process
  server.tell(aheadMs)
  await started.ready
}

const happen: Readonly<Record<Happening, () => Promise<void>>> = {
  async 'server killed'() {
    await server.kill()
    await delay(between(0, 1_000))
    await start()
  },
  'database killed': () => killDatabase(dataDirectory.path),
  async 'clock set'() {
    aheadMs = Math.round(between(-9, 9)) * DAY_MS
    server.tell(aheadMs)
    await delay(between(500, 1_500))
  },
  async outage() {
    goOn = await suspendDatabase(dataDirectory.path)
    await delay(between(1_000, 6_000))
    goOn()
  },
  async 'disk full'() {
    const before = server.output().length
    disk?.fill()
    await until(() => server.output().slice(before).includes('No space left on device'))
    await delay(between(500, 3_000))
    disk?.makeRoom()
  },
}

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 60_000; !condition(); await delay(20)) {
    if (Date.now() > deadline) throw new Error(`it did not come to it:\n${server.output().slice(-20_000)}`)
  }
}

/** What happens, in an order of its own for every seed. */
function draw(): readonly Happening[] {
  const drawn: Happening[] = [
    ...Array.from({ length: KILLS }, () =>
      random() < 0.6 ? ('server killed' as const) : ('database killed' as const),
    ),
    ...Array<Happening>(JUMPS).fill('clock set'),
    ...Array<Happening>(OUTAGES).fill('outage'),
    ...Array<Happening>(disk === null ? 0 : FULL_DISKS).fill('disk full'),
  ]
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [a, b] = [drawn[last] as Happening, drawn[other] as Happening]
    drawn[last] = b
    drawn[other] = a
  }
  return drawn
}

/** Has every device reach the server and save what it has written so far. */
async function allSaved(devices: readonly WholeDevice[]): Promise<void> {
  await server.untilReady()
  for (const device of devices) device.connect()
  const counts = devices.map(({ writes }) => writes.length)
  await until(() => devices.every(({ acknowledged }, index) => acknowledged >= (counts[index] ?? 0))).catch((cause) => {
    throw new Error(JSON.stringify(devices.map(({ workspace }) => workspace.state.getState().sync)), { cause })
  })
}

/** Every title that was saved, or one given to the same quest after it, is what a device that begins empty reads. */
function expectAcknowledged(fresh: WholeDevice, { writes, acknowledged }: WholeDevice): void {
  const allowed = new Map<QuestId, string[]>()
  for (const [index, { questId, title }] of writes.entries()) {
    if (index < acknowledged) allowed.set(questId, [title])
    else allowed.get(questId)?.push(title)
  }
  const lost = [...allowed].flatMap(([id, titles]) => {
    const read = fresh.workspace.projection.quest(id)?.title
    return read !== undefined && titles.includes(read) ? [] : [{ titles, read }]
  })
  expect(lost).toEqual([])
}

async function openFresh(account: ScriptAccount): Promise<WholeDevice> {
  const fresh = await openWholeDevice(server, await signIn(server.url, account), 'fresh')
  await until(() => fresh.workspace.state.getState().sync.kind === 'saved')
  return fresh
}

const recordsOf = ({ workspace }: WholeDevice) => JSON.stringify(workspace.exportLog().records)

test(`${KILLS} kills among clocks that are set, outages and full disks lose nothing that was acknowledged`, async () => {
  await start()
  const devices: WholeDevice[] = []
  for (let person = 0; person < PEOPLE; person++) {
    const account = await registerAccount(server.url)
    for (let n = 0; n < DEVICES_EACH; n++) devices.push(await openWholeDevice(server, account, `${person}.${n}`))
  }
  const over = new AbortController()
  onTestFinished(() => {
    over.abort()
    for (const { workspace } of devices) workspace.disconnect()
  })
  let isHurried = false
  const writing = devices.map((device) => device.writeOn(over.signal, () => (isHurried ? 0 : CALM_PAUSE_MS)))
  await allSaved(devices)

  const counts = Object.fromEntries(happenings.map((name) => [name, 0])) as Record<Happening, number>
  console.info(`seed ${inject('campaignSeed')}`)
  for (const name of draw()) {
    isHurried = true
    await delay(between(100, 800))
    const startedMs = performance.now()
    await happen[name]()
    isHurried = false
    counts[name]++
    await allSaved(devices)
    const tookMs = Math.round(performance.now() - startedMs)
    const acknowledged = devices.map((device) => device.acknowledged)
    console.info(`${name}: ${tookMs} ms; clock ${aheadMs / DAY_MS} days ahead; ${acknowledged.join(' ')} acknowledged`)
  }

  // What is not acknowledged stays where it is until it is known that what is acknowledged is there.
  for (const { workspace } of devices) workspace.disconnect()
  await delay(1_000)
  over.abort()
  await Promise.all(writing)
  const people = [...Map.groupBy(devices, ({ account }) => account).values()]
  for (const group of people) {
    const fresh = await openFresh((group[0] as WholeDevice).account)
    for (const device of group) expectAcknowledged(fresh, device)
    fresh.workspace.disconnect()
  }
  await allSaved(devices)
  for (const group of people) {
    const fresh = await openFresh((group[0] as WholeDevice).account)
    for (const device of group) expectAcknowledged(fresh, device)
    await until(() => group.every((device) => recordsOf(device) === recordsOf(fresh)))
  }
  for (const { workspace, writes, acknowledged } of devices) {
    expect(workspace.state.getState().sync.kind).toBe('saved')
    expect(acknowledged).toBe(writes.length)
  }
  const edits = devices.reduce((sum, { acknowledged }) => sum + acknowledged, 0)
  const tally = happenings.map((name) => `${counts[name]} × ${name}`).join(', ')
  console.info(`seed ${inject('campaignSeed')}: ${edits} edits acknowledged of ${devices.length} devices; ${tally}`)
  if (disk === null) console.info('No disk was filled: nobody here may mount one.')
}, 480_000)
