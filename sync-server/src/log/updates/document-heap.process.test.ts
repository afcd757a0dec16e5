import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { heapOfUpdate } from './document-heap.ts'

const CHILD = join(import.meta.dirname, '../../sync/testing/load-heap-child.ts')
const STAMP = 1_790_000_000_000 * 1024

function entries(count: number, patch: (n: number) => unknown): Uint8Array {
  const doc = new Y.Doc()
  doc.getArray('quests').push(Array.from({ length: count }, (_, n) => [`${n}`, STAMP + n, patch(n)]))
  return Y.encodeStateAsUpdate(doc)
}

function quest(n: number): unknown {
  return {
    title: `Buy the things of list ${n}`,
    status: 'open',
    projectId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    rank: `a${n.toString(36)}`,
    dueDate: '2026-11-30',
    createdAt: STAMP / 1024,
    estimateMin: 30,
    'tags/deep': true,
    xp: 10,
  }
}

function notes(count: number, text: string): Uint8Array {
  const doc = new Y.Doc()
  for (let n = 0; n < count; n++) doc.getText(`note:01ARZ3NDEKTSV4RRFFQ${n}`).insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

function typedBackwards(): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let n = 0; n < 20_000; n++) doc.getText('note:a').insert(0, 'ab')
  })
  return Y.encodeStateAsUpdate(doc)
}

function manyClients(): Uint8Array {
  const updates = Array.from({ length: 5_000 }, () => entries(1, () => ({ title: 'abc' })))
  return Y.mergeUpdates(updates)
}

function separateEntries(): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let n = 0; n < 20_000; n++) doc.getArray('quests').insert(0, [[`${n}`, n, { a: 1 }]])
  })
  doc.transact(() => {
    for (let n = 0; n < 8_000; n++) doc.getArray('quests').delete(n)
  })
  return Y.encodeStateAsUpdate(doc)
}

const shapes: Readonly<Record<string, () => Uint8Array>> = {
  'tiny entries': () => entries(60_000, () => ({ a: 1 })),
  'tiny entries one by one, with holes': separateEntries,
  quests: () => entries(10_000, quest),
  'nested values': () => entries(20_000, () => ({ a: [[[]], [[]], {}, {}] })),
  'lists in lists': () => entries(20_000, () => ({ a: [[[[[[[[]]]]]]]] })),
  'field names of their own': () => entries(20_000, (n) => ({ [`tags/k${n}`]: true, [`steps/j${n}`]: 1 })),
  'numbers with fractions': () => entries(30_000, (n) => ({ a: n + 0.5, b: [0.1 * n, 0.2 * n] })),
  'long titles': () => entries(500, () => ({ title: 'x'.repeat(10_000) })),
  'titles in two bytes a letter': () => entries(500, () => ({ title: `я${'x'.repeat(10_000)}` })),
  'many notes': () => notes(8_000, 'x'),
  'long notes': () => notes(100, 'some words '.repeat(5_000)),
  'a note typed backwards': typedBackwards,
  'many client ids': manyClients,
}

for (const [shape, make] of Object.entries(shapes)) {
  test(`the heap of a document is told from its bytes: ${shape}`, () => {
    const update = make()
    const child = spawnSync(process.execPath, ['--expose-gc', CHILD], { input: update, encoding: 'utf8' })
    expect(child.stderr).toBe('')
    const { heapBytes } = JSON.parse(child.stdout) as { heapBytes: number }
    const ratio = heapOfUpdate(update) / heapBytes
    expect(ratio).toBeGreaterThan(1 / 1.5)
    expect(ratio).toBeLessThan(1.5)
  })
}

test('bytes that are no update are counted as the costliest there are', () => {
  expect(heapOfUpdate(new Uint8Array(100).fill(255))).toBe(10_000)
})
