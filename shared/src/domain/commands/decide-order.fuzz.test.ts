import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { openTestLog, type TestLog, testId } from '../../store/projection-test-log.ts'
import type { QuestId } from '../kernel/ids.ts'

const inbox = { kind: 'inbox' } as const

type Action =
  | { readonly kind: 'create' | 'complete'; readonly replica: number; readonly which: number }
  | { readonly kind: 'reorder'; readonly replica: number; readonly which: number; readonly index: number }
  | { readonly kind: 'sync'; readonly replica: number; readonly from: number }

const replica = fc.nat(2)
const which = fc.nat(30)
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('create' as const), replica, which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('complete' as const), replica, which }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('reorder' as const), replica, which, index: which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('sync' as const), replica, from: replica }) },
)

function pull(into: TestLog, from: TestLog): void {
  const { doc } = into.document
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from.document.doc, Y.encodeStateVector(doc)))
}

/** Few distinct numbers, so that replicas often choose the same rank. */
function crampedLogs(): readonly TestLog[] {
  return [1, 2, 3].map((clientId) => {
    let calls = 0
    return openTestLog({ random: () => (calls++ % 2) / 2 }, clientId)
  })
}

function act(logs: readonly TestLog[], step: Action, serial: number): void {
  const log = logs[step.replica]
  if (log === undefined) return
  const ids = log.projection.list(inbox)
  if (step.kind === 'sync') {
    const from = logs[step.from]
    if (from !== undefined) pull(log, from)
    return
  }
  if (step.kind === 'create') {
    log.run({ kind: 'createQuest', id: testId(`q${serial}`), title: 'x' })
    expect(log.projection.list(inbox).at(-1)).toBe(`q${serial}`)
    return
  }
  const id = ids[step.which % Math.max(1, ids.length)]
  if (id === undefined) return
  if (step.kind === 'complete') log.run({ kind: 'completeQuest', id })
  if (step.kind === 'reorder') expectReordered(log, ids, id, step.index)
}

function expectReordered(log: TestLog, ids: readonly QuestId[], id: QuestId, at: number): void {
  const others = ids.filter((other) => other !== id)
  const index = at % (others.length + 1)
  const place = { after: others[index - 1] ?? null, before: others[index] ?? null }
  expect(log.run({ kind: 'reorderQuest', id, list: 'list', place })).toMatchObject({ ok: true })
  expect(log.projection.list(inbox)).toEqual([...others.slice(0, index), id, ...others.slice(index)])
}

it('a reorder puts a quest exactly between the neighbours asked for, and replicas agree on one order', () => {
  fc.assert(
    fc.property(fc.array(action, { minLength: 10, maxLength: 80 }), (steps) => {
      const logs = crampedLogs()
      steps.forEach((step, serial) => {
        act(logs, step, serial)
      })
      for (const into of logs) for (const from of logs) pull(into, from)
      for (const into of logs) for (const from of logs) pull(into, from)
      const [first, ...rest] = logs.map((log) => log.projection.list(inbox))
      for (const order of rest) expect(order).toEqual(first)
      expect(new Set(first).size).toBe(first?.length)
    }),
    { numRuns: 150 },
  )
})
