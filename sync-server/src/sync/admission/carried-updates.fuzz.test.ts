import { rebaseDocument } from '@questlog/shared/store/compact'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { carryOver } from '@questlog/shared/testing/carry'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { seededRandom } from '../testing/mutate-frames.ts'
import { admitUpdate, readUpdate } from './admit-update.ts'
import { proveUpdate } from './prove-update.ts'

const bounds = { nowMs: 1_800_000_000_000, stampAheadMs: 0 }
const SEEDS = 150

/** A later run of an app: the same document under a client id of its own. */
function restarted(doc: Y.Doc, random: () => number): Y.Doc {
  const copy = new Y.Doc()
  copy.clientID = 1 + Math.floor(random() * 2 ** 31)
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

function edited(doc: Y.Doc, edits: number, random: () => number): Y.Doc {
  let current = restarted(doc, random)
  const int = (below: number) => Math.floor(random() * below)
  for (let n = 0; n < edits; n += 1) {
    const note = current.getText(`note:q${int(2)}`)
    const act = random()
    if (act < 0.6) note.insert(int(note.length + 1), 'abc'.slice(0, 1 + int(3)))
    else if (act < 0.8) note.delete(int(note.length + 1), Math.min(1, note.length))
    else if (act < 0.9) current = restarted(current, random)
    else
      openQuestDocument(current, { now: () => 1_700_000_000_000 + n }).write([
        { table: 'quests', id: `q${int(4)}`, patch: { title: `t${n}`, createdAt: 1 } },
      ])
  }
  return current
}

test('[R33] [R42] what devices carry over into a new epoch is taken, from each and again', () => {
  let proven = 0
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const random = seededRandom(seed)
    const common = edited(new Y.Doc(), 12, random)
    const final = edited(common, 8, random)
    const devices = [1, 2, 3].map(() => edited(common, 10, random))
    const server = restarted(rebaseDocument(final), random)
    const log = [Y.encodeStateAsUpdate(server)]
    for (const device of [...devices, ...devices]) {
      const replica = restarted(server, random)
      carryOver(device, Y.encodeStateAsUpdate(final), openQuestDocument(replica, { now: () => 1_700_000_000_000 }))
      const update = Y.encodeStateAsUpdate(replica, Y.encodeStateVector(server))
      const read = readUpdate(update)
      const admission = read.ok ? admitUpdate(read.value, update, server, bounds) : read
      expect([seed, admission.ok ? null : admission.error]).toEqual([seed, null])
      if (!admission.ok || admission.value.kind !== 'new') continue
      if (!admission.value.isCertain) {
        proven += 1
        expect([seed, proveUpdate(log, admission.value.bytes, bounds)]).toEqual([seed, null])
      }
      Y.applyUpdate(server, admission.value.bytes)
      log.push(admission.value.bytes)
    }
    expect(server.store.pendingStructs).toBeNull()
  }
  expect(proven).toBeLessThan(SEEDS)
})
