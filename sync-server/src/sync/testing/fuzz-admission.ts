import { openQuestDocument } from '@questlog/shared/store/quest-document'
import * as Y from 'yjs'
import { admitUpdate, readUpdate } from '../admission/admit-update.ts'
import { contentsOf, proveUpdate } from '../admission/prove-update.ts'
import { hostileFrame } from './hostile-frames.ts'
import { mutateFrame, seededRandom } from './mutate-frames.ts'

/** What became of the frames. */
export interface FuzzTally {
  admitted: number
  proven: number
  disproven: number
  refused: number
  known: number
  gaps: number
  foreign: number
  /** Processor time of the costliest frame: judging and applying it. */
  slowestMs: number
}

export const emptyTally = (): FuzzTally => ({
  admitted: 0,
  proven: 0,
  disproven: 0,
  refused: 0,
  known: 0,
  gaps: 0,
  foreign: 0,
  slowestMs: 0,
})

const NOW = 1_800_000_000_000
const bounds = { nowMs: NOW, stampAheadMs: 1_000_000 }
const COMPARE_EVERY = 50

/** One honest device: what it sends, it sends as our client or an official one does. */
interface Peer {
  readonly doc: Y.Doc
  readonly edit: () => void
}

/**
 * Plays a document's life with honest devices and hostile frames in between, each frame through the real admission and
 * then into Yjs, and throws where anything differs: an error, something pending, a state that a device or a fresh load
 * reads otherwise, an honest frame refused.
 */
export function fuzzAdmission(seed: number, frames: number, tally: FuzzTally): void {
  const random = seededRandom(seed)
  const server = new Y.Doc()
  const device = new Y.Doc()
  const log: Uint8Array[] = []
  const samples: Uint8Array[] = []
  const peers = Array.from({ length: 3 }, () => createPeer(random))

  const owned = new Set(peers.map(({ doc }) => doc.clientID))

  const take = (frame: Uint8Array, isHonest: boolean): void => {
    const before = process.threadCpuUsage()
    const decoded = readUpdate(frame)
    const admission = decoded.ok ? admitUpdate(decoded.value, frame, server, bounds) : decoded
    const judgedMs = cpuSince(before)
    if (!admission.ok) {
      tally.refused += 1
      if (isHonest) throw new Error(`an honest frame was refused: ${admission.error}`)
    } else if (admission.value.kind !== 'new') {
      tally[admission.value.kind === 'known' ? 'known' : 'gaps'] += 1
      if (isHonest && admission.value.kind === 'gap') throw new Error('an honest frame has a gap')
    } else if (!isHonest && admission.value.newClients.some((client) => owned.has(client))) {
      tally.foreign += 1
    } else {
      const { bytes, isCertain } = admission.value
      if (!isCertain) {
        const reason = proveUpdate(log, bytes, bounds)
        tally[reason === null ? 'proven' : 'disproven'] += 1
        if (reason !== null && isHonest) throw new Error(`an honest frame did not prove itself: ${reason}`)
        if (reason !== null) return
      } else tally.admitted += 1
      const beforeApplying = process.threadCpuUsage()
      Y.applyUpdate(server, bytes)
      tally.slowestMs = Math.max(tally.slowestMs, judgedMs + cpuSince(beforeApplying))
      log.push(bytes)
      Y.applyUpdate(device, bytes)
      if (server.store.pendingStructs || server.store.pendingDs) throw new Error('an admitted update stayed pending')
    }
  }

  const compare = (): void => {
    const wanted = contentsOf(server)
    const replayed = new Y.Doc()
    for (const row of log) Y.applyUpdate(replayed, row)
    const fresh = new Y.Doc()
    Y.applyUpdate(fresh, Y.encodeStateAsUpdate(server))
    for (const [name, doc] of Object.entries({ device, replayed, fresh })) {
      if (contentsOf(doc) !== wanted) throw new Error(`${name} reads otherwise:\n${contentsOf(doc)}\n${wanted}`)
    }
  }

  for (let index = 0; index < frames; index += 1) {
    const act = random()
    if (act < 0.25) {
      const peer = peers[Math.floor(random() * peers.length)]
      if (peer === undefined) continue
      peer.edit()
      if (random() < 0.5) continue
      const update = Y.encodeStateAsUpdate(peer.doc, Y.encodeStateVector(server))
      samples.push(update)
      take(update, true)
      Y.applyUpdate(peer.doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(peer.doc)))
      if (contentsOf(peer.doc) !== contentsOf(server))
        throw new Error(`an honest device reads otherwise:\n${contentsOf(peer.doc)}\n${contentsOf(server)}`)
    } else if (act < 0.3 && samples.length > 0) take(mutateFrame(samples, random), false)
    else take(hostileFrame({ doc: server, samples, random }), false)
    if (index % COMPARE_EVERY === 0) compare()
  }
  compare()
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}

function createPeer(random: () => number): Peer {
  const doc = new Y.Doc()
  doc.clientID = Math.floor(random() * 2 ** 31)
  const quests = openQuestDocument(doc, { now: () => NOW - 1_000_000 })
  const int = (below: number) => Math.floor(random() * below)
  const note = () => doc.getText(random() < 0.7 ? 'note:a' : 'note:b')
  const edits = [
    () => {
      const text = note()
      text.insert(random() < 0.5 ? text.length : int(text.length + 1), [...'xy😀z'].slice(0, 1 + int(4)).join(''))
    },
    () => {
      const text = note()
      if (text.length > 0) text.delete(int(text.length), 1)
    },
    () => quests.write([{ table: 'quests', id: `q${int(6)}`, patch: { title: `t${int(99)}`, createdAt: 1 } }]),
    () => quests.write([{ table: 'quests', id: `q${int(6)}`, patch: { priority: int(4) } }]),
    () => doc.getArray('quests').insert(0, [[`o${int(9)}`, (NOW - 5_000) * 1024 + int(999), { title: 'official' }]]),
  ]
  return { doc, edit: () => edits[int(edits.length)]?.() }
}
