import { openQuestDocument } from '@questlog/shared/store/quest-document'
import * as Y from 'yjs'

/** A seeded generator of numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Valid updates of every kind a device sends, in both encodings, to mutate. */
export function sampleUpdates(random: () => number): readonly Uint8Array[] {
  const samples: Uint8Array[] = []
  const docs = [1, 2, 3].map((client) => {
    const doc = new Y.Doc()
    doc.clientID = client * 1000
    doc.on('update', (update: Uint8Array) => samples.push(update))
    doc.on('updateV2', (update: Uint8Array) => {
      if (random() < 0.2) samples.push(update)
    })
    return doc
  })
  for (let round = 0; round < 60; round++) {
    const doc = docs[Math.floor(random() * docs.length)]
    const peer = docs[Math.floor(random() * docs.length)]
    if (!doc || !peer) continue
    const quests = doc.getArray('quests')
    const note = doc.getText('note:q1')
    const fields = { title: `Title ${round}`, done: round % 2 === 0, tags: ['a', { b: 1.5 }] }
    // Other programs write Yjs' own encoding; our store writes JSON.
    if (round % 2 === 0) quests.push([[`q${round}`, round * 1024, fields]])
    else openQuestDocument(doc, { now: () => round }).write([{ table: 'quests', id: `q${round}`, patch: fields }])
    note.insert(Math.floor(random() * (note.length + 1)), `wörd 🎉 ${round}`)
    if (quests.length > 3) quests.delete(Math.floor(random() * 3), 2)
    if (note.length > 20) note.delete(Math.floor(random() * 10), 5)
    if (random() < 0.3) Y.applyUpdate(doc, Y.encodeStateAsUpdate(peer, Y.encodeStateVector(doc)))
  }
  for (const doc of docs) samples.push(Y.encodeStateAsUpdate(doc))
  samples.push(Y.mergeUpdates(samples.filter((_, index) => index % 7 === 0 && isFirstEncoding(samples[index]))))
  return samples
}

function isFirstEncoding(update: Uint8Array | undefined): boolean {
  try {
    if (update) Y.decodeUpdate(update)
    return update !== undefined
  } catch {
    return false
  }
}

/** A frame made from the samples: noise, bit flips, truncations, splices of two, huge numbers, repetitions. */
export function mutateFrame(samples: readonly Uint8Array[], random: () => number): Uint8Array {
  const pick = () => samples[Math.floor(random() * samples.length)] ?? new Uint8Array()
  const base = pick()
  const at = () => Math.floor(random() * (base.length + 1))
  const kind = Math.floor(random() * 7)
  if (kind === 0) return Uint8Array.from({ length: Math.floor(random() * 80) }, () => Math.floor(random() * 256))
  if (kind === 1) return base.slice(0, at())
  if (kind === 2) return join(base.slice(0, at()), pick().slice(at()))
  if (kind === 3) return base
  if (kind === 4) return join(base.slice(0, at()), hugeNumber(random), base.slice(at()))
  if (kind === 5) return join(Uint8Array.of(Math.floor(random() * 12)), base.slice(at()))
  const flipped = base.slice()
  for (let flips = 1 + Math.floor(random() * 4); flips > 0 && flipped.length > 0; flips--) {
    const index = Math.floor(random() * flipped.length)
    flipped[index] = (flipped[index] ?? 0) ^ (1 << Math.floor(random() * 8))
  }
  return flipped
}

function hugeNumber(random: () => number): Uint8Array {
  const length = 1 + Math.floor(random() * 8)
  return Uint8Array.from({ length }, (_, index) => (index === length - 1 ? 127 : 255))
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
