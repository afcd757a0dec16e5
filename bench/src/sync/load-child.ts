import { setTimeout as delay } from 'node:timers/promises'
import { newId, type UserId, type WorkspaceId } from '@questlog/shared/domain/kernel/ids'
import { sendToParent } from '../measure/in-child.ts'
import { seededRandom } from '../measure/random.ts'
import { sampleQuests } from '../store/sample-quests.ts'
import { signToken } from './authentication.ts'
import { connectDevice, type Device } from './device.ts'
import { type LoadOrder, type LoadWindow, loadOrder } from './messages.ts'

const QUESTS_PER_DOCUMENT = 10
const CONNECTING_AT_ONCE = 64
const SETTLE_TIMEOUT_MS = 10_000

/** Stands before and after the number of an edit in its title, so that it is found without decoding the update. */
const mark = Buffer.from('§')
const NUMBER_LENGTH = 6
const quests = sampleQuests(QUESTS_PER_DOCUMENT)

interface Edit {
  readonly author: Device
  readonly sentAt: number
  readonly lateMs: number
  seenMs?: number
  acknowledgedMs?: number
}

const devices: Device[] = []
const edits: Edit[] = []
const inFlight = new Map<Device, Edit[]>()

process.on('disconnect', () => process.exit())
process.on('message', (message) => void obey(loadOrder.parse(message)))

async function obey(order: LoadOrder): Promise<void> {
  if (order.kind === 'connect') {
    await connectAll(order)
    sendToParent({ sockets: devices.length })
  } else {
    const first = edits.length
    await editFor(order)
    sendToParent(summary(edits.slice(first), order.warmUpSeconds / order.seconds))
  }
}

async function connectAll(order: LoadOrder & { kind: 'connect' }): Promise<void> {
  const documents = Array.from({ length: order.sockets / order.devicesPerDocument }, () => newId<WorkspaceId>())
  const lane = async () => {
    for (let id = documents.pop(); id !== undefined; id = documents.pop()) {
      const owner = newId<UserId>()
      for (let n = 0; n < order.devicesPerDocument; n += 1) {
        const token = signToken(order.isShared ? newId<UserId>() : owner)
        const options = { url: order.url, document: `w:${id}:1`, token, quests: n === 0 ? quests : [] }
        devices.push(await connectDevice(options, { onUpdate: noticeSeen, onAcknowledged: noticeAcknowledged }))
      }
    }
  }
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, lane))
}

/** Edits arrive as people's do, independently of each other (Poisson), and never wait for an answer. */
async function editFor(order: LoadOrder & { kind: 'edit' }): Promise<void> {
  const random = seededRandom(order.seed)
  const start = performance.now()
  const first = edits.length
  let dueMs = 0
  while (dueMs < order.seconds * 1_000) {
    const waitMs = dueMs - (performance.now() - start)
    if (waitMs > 0) await delay(waitMs)
    const author = devices[Math.floor(random() * devices.length)]
    const quest = quests[Math.floor(random() * quests.length)]
    if (!author || !quest) throw new Error('no device is connected')
    send(author, quest.id, performance.now() - start - dueMs)
    dueMs += (-Math.log(1 - random()) / order.editsPerSecond) * 1_000
  }
  const deadline = performance.now() + SETTLE_TIMEOUT_MS
  const isOpen = (edit: Edit) => edit.seenMs === undefined || edit.acknowledgedMs === undefined
  while (performance.now() < deadline && edits.slice(first).some(isOpen)) await delay(20)
}

function send(author: Device, questId: string, lateMs: number): void {
  const edit = { author, sentAt: performance.now(), lateMs }
  const number = (edits.push(edit) - 1).toString(36).padStart(NUMBER_LENGTH, '0')
  const waiting = inFlight.get(author)
  if (waiting) waiting.push(edit)
  else inFlight.set(author, [edit])
  author.edit(questId, `Reword the quarterly report ${mark}${number}${mark}`)
}

function noticeSeen(device: Device, frame: Buffer): void {
  const now = performance.now()
  for (let at = frame.indexOf(mark); at >= 0; at = frame.indexOf(mark, at)) {
    const from = at + mark.length
    at = from + NUMBER_LENGTH + mark.length
    const edit = edits[Number.parseInt(frame.toString('latin1', from, from + NUMBER_LENGTH), 36)]
    if (edit && edit.author !== device) edit.seenMs ??= now - edit.sentAt
  }
}

function noticeAcknowledged(device: Device): void {
  const edit = inFlight.get(device)?.shift()
  if (edit) edit.acknowledgedMs = performance.now() - edit.sentAt
}

function summary(window: readonly Edit[], warmUpShare: number): LoadWindow {
  const timed = window.slice(Math.floor(window.length * warmUpShare))
  return {
    edits: window.length,
    seenMs: timed.flatMap(({ seenMs }) => seenMs ?? []),
    acknowledgedMs: timed.flatMap(({ acknowledgedMs }) => acknowledgedMs ?? []),
    unseen: window.filter(({ seenMs }) => seenMs === undefined).length,
    unacknowledged: window.filter(({ acknowledgedMs }) => acknowledgedMs === undefined).length,
    lateMs: timed.map(({ lateMs }) => lateMs),
  }
}
