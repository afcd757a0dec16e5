import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { ContentDigest } from './content-digest.ts'

const MULTIPLIER = Number(import.meta.env.VITE_FUZZ_MULTIPLIER ?? 1)
const timeout = 120_000 * MULTIPLIER

const peer = fc.nat({ max: 2 })
const place = fc.nat({ max: 1000 })
const action = fc.oneof(
  fc.record({ kind: fc.constant('push' as const), peer, count: fc.integer({ min: 1, max: 80 }) }),
  fc.record({ kind: fc.constant('remove' as const), peer, place }),
  fc.record({
    kind: fc.constant('type' as const),
    peer,
    place,
    note: fc.nat({ max: 2 }),
    text: fc.string({ minLength: 1, unit: 'binary' }),
  }),
  fc.record({ kind: fc.constant('erase' as const), peer, place, note: fc.nat({ max: 2 }), length: fc.nat({ max: 9 }) }),
  fc.record({ kind: fc.constant('sync' as const), peer, other: peer }),
  // How much is counted before the next action.
  fc.record({ kind: fc.constant('advance' as const), peer, steps: fc.nat({ max: 4 }) }),
)
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never

function run(doc: Y.Doc, docs: readonly Y.Doc[], digest: ContentDigest, step: Action, number: number): void {
  const quests = doc.getArray('quests')
  const text = 'note' in step ? doc.getText(`note:q${step.note}`) : null
  const from = 'place' in step ? step.place % ((text?.length ?? 0) + 1) : 0
  if (step.kind === 'push') quests.push(Array.from({ length: step.count }, (_, n) => [`q${number}.${n}`, n + 1, { n }]))
  else if (step.kind === 'remove' && quests.length > 0) quests.delete(step.place % quests.length, 1)
  else if (step.kind === 'type') text?.insert(from, step.text)
  else if (step.kind === 'erase') text?.delete(from, Math.min(step.length, text.length - from))
  else if (step.kind === 'sync') {
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(docs[step.other] ?? doc, Y.encodeStateVector(doc)))
  } else if (step.kind === 'advance') {
    let left = step.steps
    digest.advance(() => left-- <= 0)
  }
}

test(
  '[R34] a digest kept up over any edits, begun amid them and counted bit by bit, is that of a fresh load and of every peer',
  () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60, size: 'max' }), (program) => {
        const docs = [1, 2, 3].map((clientID) => Object.assign(new Y.Doc({ gc: clientID !== 2 }), { clientID }))
        const digests = docs.map((doc) => new ContentDigest(doc))
        program.forEach((step, number) => {
          const [doc, digest] = [docs[step.peer], digests[step.peer]]
          if (doc && digest) run(doc, docs, digest, step, number)
        })
        for (const doc of [...docs, ...docs]) {
          for (const other of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)))
        }
        docs.forEach((doc, index) => {
          const fresh = new Y.Doc()
          Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc))
          const ofFresh = new ContentDigest(fresh)
          ofFresh.advance(() => false)
          digests[index]?.advance(() => false)
          expect(digests[index]?.read()).toBe(ofFresh.read())
          expect(digests[index]?.read()).toBe(digests[0]?.read())
        })
      }),
      { numRuns: 300 * MULTIPLIER, seed: 20_261_130 },
    )
  },
  timeout,
)
