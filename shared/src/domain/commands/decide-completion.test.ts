import { describe, expect, it } from 'vitest'
import { openTestLog, testId } from '../../store/projection-test-log.ts'
import { completionIdOf, currentOccurrence, isTimely, questIdOfCompletion } from '../completions/completion.ts'
import type { QuestId, StepId } from '../kernel/ids.ts'
import { makeQuest } from '../quest/make-quest.ts'
import type { Recurrence } from '../quest/recurrence.ts'

const q1 = testId<QuestId>('q1')
const daily: Recurrence = {
  rrule: 'FREQ=DAILY',
  anchor: 'due',
  missed: 'latest',
  monthEnd: 'clamp',
  exdates: [],
  waitForDone: false,
}

describe('completeQuest', () => {
  it('writes the whole completion record, voided included, and nothing into the quest', () => {
    const log = openTestLog({
      now: Date.parse('2026-03-10T01:30Z'),
      tz: 'Europe/Berlin',
      dayStartHour: 4,
      userId: testId('u1'),
    })
    log.run({ kind: 'createQuest', id: q1, title: 'x', fields: { difficulty: 'hard', due: { d: '2026-03-09' } } })
    for (const stepId of ['k1', 'k2', 'k3']) log.run({ kind: 'addStep', id: q1, stepId: testId(stepId), text: stepId })
    log.run({ kind: 'editStep', id: q1, stepId: testId<StepId>('k2'), fields: { done: true } })
    expect(log.run({ kind: 'completeQuest', id: q1 })).toEqual({
      ok: true,
      value: [
        {
          table: 'completions',
          id: 'q1:once',
          patch: {
            questId: 'q1',
            occurrence: 'once',
            at: Date.parse('2026-03-10T01:30Z'),
            tz: 'Europe/Berlin',
            day: '2026-03-09',
            by: 'u1',
            difficulty: 'hard',
            stepsDone: 1,
            timely: true,
            unblocked: 0,
            voided: null,
          },
        },
      ],
    })
    expect(log.projection.quest(q1)).toMatchObject({
      status: 'open',
      completedAt: log.context.now,
      completedDay: '2026-03-09',
    })
    expect(log.projection.isDone(q1)).toBe(true)
  })

  it('is refused when done, and reopening when not done', () => {
    const log = openTestLog()
    log.run({ kind: 'createQuest', id: q1, title: 'x' })
    expect(log.run({ kind: 'reopenQuest', id: q1 })).toEqual({ ok: false, error: { code: 'not-done', id: 'q1' } })
    log.run({ kind: 'completeQuest', id: q1 })
    expect(log.run({ kind: 'completeQuest', id: q1 })).toEqual({ ok: false, error: { code: 'already-done', id: 'q1' } })
  })

  it('voids the record when reopened, and writes it whole when completed again', () => {
    const log = openTestLog({ now: 1000 })
    log.run({ kind: 'createQuest', id: q1, title: 'x' })
    log.run({ kind: 'completeQuest', id: q1 })
    log.context = { ...log.context, now: 2000 }
    log.run({ kind: 'reopenQuest', id: q1 })
    expect(log.projection.isDone(q1)).toBe(false)
    expect(log.projection.completion(completionIdOf(q1, 'once'))).toMatchObject({ at: 1000, voided: 2000 })
    log.context = { ...log.context, now: 3000 }
    log.run({ kind: 'completeQuest', id: q1 })
    expect(log.projection.completion(completionIdOf(q1, 'once'))).toMatchObject({ at: 3000, voided: null })
    expect(log.projection.isDone(q1)).toBe(true)
  })

  it('completes one occurrence of a repeating quest: the next is open', () => {
    const log = openTestLog()
    log.run({ kind: 'createQuest', id: q1, title: 'x', fields: { recurrence: daily, due: { d: '2026-03-10' } } })
    expect(log.run({ kind: 'completeQuest', id: q1 })).toMatchObject({ value: [{ id: 'q1:2026-03-10' }] })
    expect(log.projection.isDone(q1)).toBe(true)
    log.run({ kind: 'editQuest', id: q1, fields: { due: { d: '2026-03-11' } } })
    expect(log.projection.isDone(q1)).toBe(false)
  })
})

describe('the current occurrence', () => {
  it('is once, or the date of a repeating quest in the date’s own zone', () => {
    const due = { dt: '2026-03-10T23:30', tz: 'America/New_York' }
    expect(currentOccurrence(makeQuest({ due }))).toBe('once')
    expect(currentOccurrence(makeQuest({ due, recurrence: daily }))).toBe('2026-03-10')
    expect(currentOccurrence(makeQuest({ scheduled: { d: '2026-03-09' }, recurrence: daily }))).toBe('2026-03-09')
    expect(currentOccurrence(makeQuest({ recurrence: daily }))).toBe('once')
  })

  it('leads from a completion back to its quest, also where the quest is an occurrence itself', () => {
    expect(questIdOfCompletion(completionIdOf(q1, 'once'))).toBe('q1')
    expect(questIdOfCompletion(completionIdOf(testId('s:2026-03-10'), 'once'))).toBe('s:2026-03-10')
  })
})

describe('timely', () => {
  it('means on or before the due day, else the deadline’s; without either there is nothing to meet', () => {
    const due = { d: '2026-03-10' }
    const deadline = { d: '2026-03-20' }
    expect(isTimely(makeQuest({ due }), '2026-03-10', 'UTC')).toBe(true)
    expect(isTimely(makeQuest({ due, deadline }), '2026-03-11', 'UTC')).toBe(false)
    expect(isTimely(makeQuest({ deadline }), '2026-03-20', 'UTC')).toBe(true)
    expect(isTimely(makeQuest(), '2026-03-10', 'UTC')).toBe(false)
  })

  it('reads a zoned due in the zone of whoever completes it', () => {
    const quest = makeQuest({ due: { dt: '2026-03-10T20:00', tz: 'America/New_York' } })
    expect(isTimely(quest, '2026-03-11', 'Asia/Tokyo')).toBe(true)
    expect(isTimely(quest, '2026-03-11', 'America/New_York')).toBe(false)
  })
})
