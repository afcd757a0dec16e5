import { expect, it } from 'vitest'
import { openTestLog, type TestLog, testId } from '../../store/projection-test-log.ts'
import type { QuestId, StepId } from '../kernel/ids.ts'

const id = testId<QuestId>('q1')
const [a, b, c] = [testId<StepId>('a'), testId<StepId>('b'), testId<StepId>('c')]

function withSteps(...stepIds: readonly StepId[]): TestLog {
  const log = openTestLog()
  log.run({ kind: 'createQuest', id, title: 'x' })
  for (const stepId of stepIds) log.run({ kind: 'addStep', id, stepId, text: `step ${stepId}` })
  return log
}

const orderOf = (log: TestLog) => [...(log.projection.quest(id)?.steps.keys() ?? [])]

it('steps stand in the order they were added, and where they are put', () => {
  const log = withSteps(c, a, b)
  expect(orderOf(log)).toEqual([c, a, b])
  log.run({ kind: 'reorderStep', id, stepId: b, after: null, before: c })
  expect(orderOf(log)).toEqual([b, c, a])
  log.run({ kind: 'reorderStep', id, stepId: b, after: c, before: a })
  expect(orderOf(log)).toEqual([c, b, a])
  log.run({ kind: 'reorderStep', id, stepId: c, after: null, before: null })
  expect(orderOf(log)).toEqual([b, a, c])
})

it('steps that share a rank are moved apart', () => {
  const log = withSteps(a, b, c)
  for (const stepId of [a, b, c])
    log.document.write([{ table: 'quests', id, patch: { [`steps/${stepId}/rank`]: 'a5' } }])
  log.run({ kind: 'reorderStep', id, stepId: c, after: a, before: b })
  expect(orderOf(log)).toEqual([a, c, b])
})

it('text and tick are fields of their own, written when they differ', () => {
  const log = withSteps(a)
  expect(log.run({ kind: 'editStep', id, stepId: a, fields: { text: ' step a ', done: true } })).toEqual({
    ok: true,
    value: [{ table: 'quests', id: 'q1', patch: { 'steps/a/done': true } }],
  })
  expect(log.run({ kind: 'editStep', id, stepId: a, fields: { done: true } })).toEqual({ ok: true, value: [] })
})

it('a removed step stays removed when a tick from elsewhere comes later', () => {
  const log = withSteps(a, b)
  log.run({ kind: 'removeStep', id, stepId: a })
  log.document.write([{ table: 'quests', id, patch: { 'steps/a/done': true } }])
  expect(orderOf(log)).toEqual([b])
})

it('a step is refused when it exists, has no text, or is one too many', () => {
  const log = withSteps(a)
  const add = { kind: 'addStep', id, stepId: b, text: 'x' } as const
  expect(log.run({ ...add, stepId: a })).toEqual({ ok: false, error: { code: 'already-exists', id: 'a' } })
  expect(log.run({ ...add, text: '\u0007' })).toMatchObject({ error: { field: 'text', reason: 'control-characters' } })
  expect(log.run({ ...add, stepId: testId('a/b') })).toMatchObject({ error: { field: 'stepId' } })
  for (let i = 0; i < 199; i++) log.run({ ...add, stepId: testId(`k${i}`) })
  expect(log.run(add)).toMatchObject({ error: { field: 'steps', reason: 'too-many' } })
})

it('a step that is not there is not found', () => {
  const log = withSteps(a)
  const error = { code: 'not-found', table: 'steps', id: 'c' }
  expect(log.run({ kind: 'editStep', id, stepId: c, fields: {} })).toEqual({ ok: false, error })
  expect(log.run({ kind: 'removeStep', id, stepId: c })).toEqual({ ok: false, error })
  expect(log.run({ kind: 'reorderStep', id, stepId: c, after: null, before: null })).toEqual({ ok: false, error })
  expect(log.run({ kind: 'reorderStep', id, stepId: a, after: c, before: null })).toEqual({ ok: false, error })
})
