import { describe, expect, it } from 'vitest'
import { testId } from '../../store/projection-test-log.ts'
import { readCompletion } from '../completions/completion-fields.ts'
import { readProject, readSection, readTag } from '../groups/group-fields.ts'
import type { QuestId, StepId } from '../kernel/ids.ts'
import { makeQuest } from './make-quest.ts'
import { defaultQuest, patchOfQuest, readQuest } from './quest.ts'

const id = testId<QuestId>('01Q')

describe('readQuest', () => {
  it('fills in every default, none of which is in the record', () => {
    expect(readQuest(id, { title: 'Rest', createdAt: 5 })).toEqual(defaultQuest(id, 'Rest', 5))
    expect(patchOfQuest(defaultQuest(id, 'Rest', 5))).toEqual({ title: 'Rest', createdAt: 5 })
  })

  it('gives back every field that was written', () => {
    const quest = makeQuest({
      id,
      title: 'Write the saga',
      status: 'waiting',
      priority: 1,
      difficulty: 'epic',
      energy: 'deep',
      projectId: testId('P'),
      sectionId: testId('S'),
      parentId: testId('Q0'),
      templateId: testId('T'),
      categoryId: testId('C'),
      tags: new Set([testId('t1'), testId('t2')]),
      assignees: new Set([testId('u1')]),
      steps: new Map([
        [testId('k1'), { text: 'Plot', done: true, rank: 'a0' }],
        [testId('k2'), { text: 'Ink', done: false, rank: 'a1' }],
      ]),
      start: { d: '2026-01-01' },
      scheduled: { dt: '2026-01-02T10:00' },
      due: { dt: '2026-01-03T10:00', tz: 'Europe/Berlin' },
      deadline: { d: '2026-01-04' },
      estimateMin: 45,
      recurrence: {
        rrule: 'FREQ=DAILY',
        anchor: 'due',
        missed: 'latest',
        monthEnd: 'clamp',
        exdates: [],
        waitForDone: false,
      },
      reminders: new Map([
        ['r1', { minutesBefore: 30, of: 'due', nagging: true }],
        ['r2', { at: { dt: '2026-01-01T09:00' } }],
      ]),
      rank: 'a5',
      todayRank: 'a7',
      attachments: new Map([['f1', { name: 'map.png', size: 10, type: 'image/png', sha256: 'a'.repeat(64) }]]),
      createdAt: 7,
      createdBy: testId('u1'),
      deletedAt: 9,
      source: { app: 'todoist', externalId: '42' },
      movedFrom: new Map([[testId('w1'), 8]]),
    })
    expect(readQuest(id, patchOfQuest(quest))).toEqual(quest)
  })

  it('takes the default for a field that is unreadable, and keeps the others', () => {
    const garbage = {
      title: 'Survive',
      createdAt: 5,
      status: 'done',
      priority: 9,
      difficulty: 3,
      energy: {},
      projectId: 5,
      start: 'tomorrow',
      due: { d: '2026-02-30' },
      estimateMin: 1.5,
      recurrence: { rrule: 'sometimes' },
      rank: 'a b',
      todayRank: 5,
      deletedAt: 'yes',
      source: [],
      'tags/t1': 'maybe',
      'steps/k1/text': 5,
      'reminders/r1': { minutesBefore: 'soon', of: 'due' },
      'attachments/f1': null,
      'movedFrom/w1': 'then',
      'unknown/thing': 1,
      futureField: true,
    }
    expect(readQuest(id, garbage)).toEqual(defaultQuest(id, 'Survive', 5))
  })

  it('shows a step by its text: a tick or a rank without one is no step', () => {
    const { steps } = readQuest(id, {
      'steps/k1/done': true,
      'steps/k1/rank': 'a1',
      'steps/k2/text': 'Climb',
      'steps/k3/text': 'Rest',
      'steps/k3/rank': 'Zz',
    })
    expect([...steps].map(([stepId, step]) => [stepId, step.text, step.done])).toEqual([
      ['k3', 'Rest', false],
      ['k2', 'Climb', false],
    ])
    expect(steps.has(testId<StepId>('k1'))).toBe(false)
  })

  it('keeps what it does not know of a recurrence', () => {
    const recurrence = {
      rrule: 'FREQ=WEEKLY;BYDAY=MO',
      anchor: 'completion',
      missed: 'skip',
      monthEnd: 'skip',
      exdates: ['2026-01-05'],
      waitForDone: true,
      later: { idea: 1 },
    }
    expect(readQuest(id, { recurrence }).recurrence).toBe(recurrence)
  })
})

describe('the other records', () => {
  it('read with their defaults', () => {
    expect(readProject(testId('P'), { name: 'Home', createdAt: 1, color: 5 })).toMatchObject({
      name: 'Home',
      color: null,
      archivedAt: null,
      deletedAt: null,
    })
    expect(readTag(testId('T'), { name: 'deep' })).toEqual({ id: 'T', name: 'deep', color: null })
    expect(readSection(testId('S'), { name: 'Later', projectId: 'P' })).toMatchObject({ projectId: 'P', name: 'Later' })
    expect(readSection(testId('S'), { name: 'Nowhere', projectId: 7 })).toBeUndefined()
  })

  it('a completion that does not say which, when and for which day is none', () => {
    const record = { questId: 'Q', occurrence: 'once', at: 5, day: '2026-01-01' }
    expect(readCompletion(testId('Q:once'), record)).toMatchObject({
      ...record,
      voided: null,
      timely: false,
      stepsDone: 0,
    })
    for (const field of Object.keys(record)) {
      expect(readCompletion(testId('Q:once'), { ...record, [field]: {} })).toBeUndefined()
    }
  })
})
