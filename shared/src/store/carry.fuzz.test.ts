import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { carryOver } from '../testing/carry.ts'
import { rebaseDocument } from './compact.ts'
import { openQuestDocument, type QuestDocument } from './quest-document.ts'

const MULTIPLIER = Number(import.meta.env.VITE_FUZZ_MULTIPLIER ?? 1)
const timeout = 120_000 * MULTIPLIER
const ROOT = 'note:q1'

/** Typing of a few characters, deleting, or a new start of the app, under a new client id. */
const edit = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('type' as const),
      at: fc.nat(40),
      length: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('erase' as const),
      at: fc.nat(40),
      length: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
)
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never
const edits = fc.array(edit, { maxLength: 25 })

/** Types every character only once, so that each can be told from all others. */
class Typist {
  #next = 0x4e00
  #client = 1

  run(doc: Y.Doc, program: readonly Edit[], random: number): Y.Doc {
    let current = this.#start(doc, random)
    for (const each of program) {
      const note = current.getText(ROOT)
      if (each.kind === 'restart') current = this.#start(current, random)
      else if (each.kind === 'erase') {
        const at = each.at % (note.length + 1)
        note.delete(at, Math.min(each.length, note.length - at))
      } else {
        const characters = Array.from({ length: each.length }, () => String.fromCharCode(this.#next++))
        note.insert(each.at % (note.length + 1), characters.join(''))
      }
    }
    return current
  }

  #start(doc: Y.Doc, random: number): Y.Doc {
    const copy = new Y.Doc()
    // Neither rising nor falling with time, and never twice the same.
    copy.clientID = ((this.#client++ * 2_654_435_761 + random) % 2 ** 31) + 1
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    copy.getText(ROOT)
    return copy
  }
}

const textOf = (doc: Y.Doc) => doc.getText(ROOT).toString()

function isWithin(part: string, whole: string): boolean {
  let at = -1
  for (const character of part) {
    at = whole.indexOf(character, at + 1)
    if (at < 0) return false
  }
  return true
}

test('[R33] unsent text of several devices is carried in any order: nothing is lost, doubled, revived or out of its place', {
  timeout,
}, () => {
  const property = fc.property(
    fc.nat(),
    edits,
    edits,
    fc.array(edits, { minLength: 1, maxLength: 3 }),
    fc.array(fc.nat(2), { maxLength: 4 }),
    (random, first, later, programs, order) => {
      const typist = new Typist()
      const common = typist.run(new Y.Doc(), first, random)
      // What two starts of an app typed on either side of a character that somebody else deleted may change places.
      const isOneStart = later.some(({ kind }) => kind === 'erase')
      const devices = programs.map((program) => {
        const steps = isOneStart ? program.filter(({ kind }) => kind !== 'restart') : program
        return typist.run(common, steps, random)
      })
      const finalDoc = typist.run(common, later, random)
      const final = Y.encodeStateAsUpdate(finalDoc)
      // As it would be in one document.
      const together = new Y.Doc()
      for (const doc of [finalDoc, ...devices]) Y.applyUpdate(together, Y.encodeStateAsUpdate(doc))
      const seen = devices.map((doc) =>
        [...textOf(doc)].filter((character) => textOf(together).includes(character)).join(''),
      )

      const replicas: QuestDocument[] = devices.map(() => openQuestDocument(rebaseDocument(finalDoc), { now: () => 0 }))
      for (const [turn, device] of [...order, ...devices.keys()].entries()) {
        const [doc, replica] = [devices[device % devices.length], replicas[turn % replicas.length]]
        if (doc !== undefined && replica !== undefined) carryOver(doc, final, replica)
      }
      const settled = new Y.Doc()
      for (const { doc } of [...replicas, ...[...replicas].reverse()]) {
        Y.applyUpdate(settled, Y.encodeStateAsUpdate(doc))
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(settled))
      }
      const text = textOf(settled)
      for (const { doc } of replicas) expect(textOf(doc)).toBe(text)
      expect([...text].sort()).toEqual([...textOf(together)].sort())
      for (const part of seen) expect([part, isWithin(part, text)]).toEqual([part, true])
    },
  )
  fc.assert(property, { numRuns: 400 * MULTIPLIER })
})
