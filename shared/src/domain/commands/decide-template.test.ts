import { describe, expect, it } from 'vitest'
import { openTestLog, type TestLog, testId } from '../../store/projection-test-log.ts'
import type { CategoryId, ProjectId, QuestId, StepId, TagId, TemplateId } from '../kernel/ids.ts'
import { relativeWhen, whenFrom } from '../time/relative-when.ts'
import { notesFromTemplate } from './decide-template.ts'

const [trip, pack, book, other] = ['trip', 'pack', 'book', 'other'].map((name) => testId<QuestId>(name)) as [
  QuestId,
  QuestId,
  QuestId,
  QuestId,
]
const [n1, n2, n3] = [testId<QuestId>('n1'), testId<QuestId>('n2'), testId<QuestId>('n3')]
const template = testId<TemplateId>('t')
const [work, deep, health] = [testId<ProjectId>('work'), testId<TagId>('deep'), testId<CategoryId>('health')]

/** A trip with two parts, on 10 March 2026. */
function withTrip(): TestLog {
  const log = openTestLog({ now: Date.parse('2026-03-10T12:00Z') })
  log.run({ kind: 'createProject', id: work, name: 'Work' })
  log.run({ kind: 'createTag', id: deep, name: 'deep' })
  log.run({ kind: 'createCategory', id: health, name: 'Health' })
  const due = { dt: '2026-03-12T09:00', tz: 'Europe/Berlin' }
  log.run({
    kind: 'createQuest',
    id: trip,
    title: 'Trip',
    projectId: work,
    tags: [deep],
    fields: { due, start: { d: '2026-03-09' }, priority: 1, status: 'active', categoryId: health, estimateMin: 90 },
  })
  for (const id of [book, pack]) {
    log.run({ kind: 'createQuest', id, title: id, projectId: work, parentId: trip })
  }
  log.run({ kind: 'createQuest', id: other, title: 'x' })
  log.run({ kind: 'addStep', id: trip, stepId: testId<StepId>('k1'), text: 'Passport' })
  log.run({ kind: 'editStep', id: trip, stepId: testId<StepId>('k1'), fields: { done: true } })
  log.run({ kind: 'addReminder', id: trip, reminderId: 'r1', reminder: { at: { d: '2026-03-11' } } })
  log.run({ kind: 'addReminder', id: trip, reminderId: 'r2', reminder: { minutesBefore: 5, of: 'due' } })
  log.run({ kind: 'relate', relation: 'blocks', from: book, to: pack })
  log.run({ kind: 'relate', relation: 'blocks', from: other, to: pack })
  log.run({ kind: 'completeQuest', id: book })
  return log
}

function withTemplate(): TestLog {
  const log = withTrip()
  log.run({ kind: 'createTemplate', id: template, name: ' Travel ', questId: trip, notes: { [pack]: '- socks' } })
  return log
}

/** Two months on. */
function later(log: TestLog): TestLog {
  log.context = { ...log.context, now: Date.parse('2026-05-01T12:00Z') }
  return log
}

const use = { kind: 'instantiateTemplate', id: template, questIds: [n1, n2, n3] } as const

describe('templates', () => {
  it('[R25] keep a quest with its sub-quests, by place, parents first, dates as days from today', () => {
    const { projection } = withTemplate()
    expect(projection.templates()).toEqual([template])
    expect(projection.template(template)).toMatchObject({
      name: 'Travel',
      projectId: work,
      quests: [
        {
          title: 'Trip',
          parent: null,
          due: { days: 2, time: '09:00', tz: 'Europe/Berlin' },
          start: { days: -1 },
          steps: [{ id: 'k1', text: 'Passport' }],
          reminders: new Map<string, unknown>([
            ['r1', { at: { days: 1 } }],
            ['r2', { minutesBefore: 5, of: 'due' }],
          ]),
        },
        { title: 'book', parent: 0, notes: '' },
        { title: 'pack', parent: 0, notes: '- socks' },
      ],
      relations: [{ kind: 'blocks', from: 1, to: 2 }],
    })
  })

  it('[R25] leave out sub-quests that are cancelled or in the Trash', () => {
    const log = withTrip()
    log.run({ kind: 'editQuest', id: book, fields: { status: 'cancelled' } })
    log.run({ kind: 'trashQuests', ids: [pack] })
    log.run({ kind: 'createTemplate', id: template, name: 'x', questId: trip })
    expect(log.projection.template(template)?.quests.map(({ title }) => title)).toEqual(['Trip'])
  })

  it('[R25] leave out a relation that closes a circle', () => {
    const log = withTrip()
    const patch = { kind: 'blocks', from: pack, to: book, createdAt: log.context.now + 1 }
    log.document.write([{ table: 'relations', id: 'blocks.pack.book', patch }])
    log.run({ kind: 'createTemplate', id: template, name: 'x', questId: trip })
    expect(log.projection.template(template)?.relations).toEqual([{ kind: 'blocks', from: 1, to: 2 }])
  })

  it('[R26] are used as new open quests with dates from today and the relations among them', () => {
    const log = later(withTemplate())
    expect(log.run(use).ok).toBe(true)
    expect(log.projection.quest(n1)).toMatchObject({
      title: 'Trip',
      status: 'open',
      templateId: template,
      projectId: work,
      categoryId: health,
      tags: new Set([deep]),
      priority: 1,
      estimateMin: 90,
      due: { dt: '2026-05-03T09:00', tz: 'Europe/Berlin' },
      start: { d: '2026-04-30' },
      createdAt: log.context.now,
      completedAt: null,
      reminders: new Map<string, unknown>([
        ['r1', { at: { d: '2026-05-02' } }],
        ['r2', { minutesBefore: 5, of: 'due' }],
      ]),
    })
    expect([...(log.projection.quest(n1)?.steps.values() ?? [])]).toMatchObject([{ text: 'Passport', done: false }])
    expect([n2, n3].map((id) => log.projection.quest(id)?.parentId)).toEqual([n1, n1])
    expect([n2, n3].map((id) => log.projection.isBlocked(id))).toEqual([false, true])
    expect(log.projection.list({ kind: 'project', projectId: work }).slice(-3)).toEqual([n1, n2, n3])
    const made = log.projection.template(template)
    expect(made && notesFromTemplate(made, [n1, n2, n3])).toEqual([{ id: n3, text: '- socks' }])
  })

  it('[R26] take a title, a place and a day', () => {
    const log = withTemplate()
    log.run({ ...use, title: ' Rome ', projectId: null, day: '2027-01-01' })
    expect(log.projection.quest(n1)).toMatchObject({ title: 'Rome', projectId: null, start: { d: '2026-12-31' } })
    expect(log.projection.quest(n2)?.projectId).toBeNull()
  })

  it('[R26] leave out a tag, category and project that are gone, and a date beyond the calendar', () => {
    const log = withTemplate()
    log.run({ kind: 'deleteTag', id: deep })
    log.run({ kind: 'deleteCategory', id: health })
    log.run({ kind: 'trashProject', id: work })
    log.run({ ...use, day: '9999-12-30' })
    expect(log.projection.quest(n1)).toMatchObject({
      tags: new Set(),
      categoryId: null,
      projectId: null,
      due: null,
      start: { d: '9999-12-29' },
      reminders: new Map<string, unknown>([
        ['r1', { at: { d: '9999-12-31' } }],
        ['r2', { minutesBefore: 5, of: 'due' }],
      ]),
    })
  })

  it('are renamed, removed, and each command on them is undone', () => {
    const log = later(withTemplate())
    log.run(use)
    log.history.undo()
    expect([n1, n2, n3].map((id) => log.projection.quest(id))).toEqual([undefined, undefined, undefined])
    expect(log.projection.relationsOf(n3)).toEqual([])
    log.run({ kind: 'editTemplate', id: template, fields: { name: 'Tour' } })
    expect(log.projection.template(template)?.name).toBe('Tour')
    log.run({ kind: 'deleteTemplate', id: template })
    expect(log.projection.templates()).toEqual([])
    log.history.undo()
    log.history.undo()
    expect(log.projection.template(template)?.name).toBe('Travel')
  })

  it('are refused where something is missing, known already or wrong', () => {
    const log = withTemplate()
    const refusal = (command: Parameters<TestLog['run']>[0]) => {
      const outcome = log.run(command)
      return outcome.ok ? null : outcome.error
    }
    const create = { kind: 'createTemplate', id: testId<TemplateId>('t2'), name: 'x', questId: trip } as const
    expect(refusal({ ...create, id: template })).toMatchObject({ code: 'already-exists' })
    expect(refusal({ ...create, questId: testId('gone') })).toMatchObject({ code: 'not-found', table: 'quests' })
    expect(refusal({ ...create, name: '' })).toMatchObject({ field: 'name' })
    expect(refusal({ ...create, notes: { [trip]: 'x'.repeat(65_537) } })).toMatchObject({ field: 'notes' })
    const notes = Object.fromEntries([trip, pack, book].map((id) => [id, 'x'.repeat(60_000)]))
    expect(refusal({ ...create, notes })).toMatchObject({ field: 'quests', reason: 'too-long' })
    expect(refusal({ ...use, id: testId<TemplateId>('gone') })).toMatchObject({ code: 'not-found', table: 'templates' })
    expect(refusal({ ...use, questIds: [n1, n2] })).toMatchObject({ field: 'questIds' })
    expect(refusal({ ...use, questIds: [n1, n2, n2] })).toMatchObject({ field: 'questIds' })
    expect(refusal({ ...use, questIds: [n1, n2, n3, n3] })).toMatchObject({ field: 'questIds' })
    expect(refusal({ ...use, questIds: [n1, n2, trip] })).toMatchObject({ code: 'already-exists', id: trip })
    expect(refusal({ ...use, day: '2026-02-30' })).toMatchObject({ field: 'day' })
    expect(refusal({ ...use, title: ' ' })).toMatchObject({ field: 'title', reason: 'empty' })
    expect(refusal({ ...use, sectionId: testId('gone') })).toMatchObject({ code: 'not-found', table: 'sections' })
  })

  it('that cannot be read whole are not shown', () => {
    const log = openTestLog()
    const stored = [[], [{ title: 'x' }, { title: 'y' }], [{ title: 'x' }, { title: 'y', parent: 1 }], [7]]
    for (const quests of stored) {
      log.document.write([{ table: 'templates', id: template, patch: { name: 'x', quests } }])
      expect([log.projection.templates(), log.projection.template(template)]).toEqual([[], undefined])
    }
    log.document.write([{ table: 'templates', id: template, patch: { quests: [{ title: 'x', steps: [7, {}] }] } }])
    expect(log.projection.template(template)?.quests).toMatchObject([{ title: 'x', steps: [], reminders: new Map() }])
  })
})

describe('a relative date', () => {
  it.each([
    [{ d: '2026-03-01' }, { days: -9 }],
    [{ dt: '2026-03-29T02:30' }, { days: 19, time: '02:30' }],
    [
      { dt: '2027-03-10T23:59', tz: 'Asia/Tokyo' },
      { days: 365, time: '23:59', tz: 'Asia/Tokyo' },
    ],
  ])('[R25] keeps the wall clock of %o', (when, relative) => {
    expect(relativeWhen(when, '2026-03-10')).toEqual(relative)
    expect(whenFrom(relative, '2026-03-10')).toEqual(when)
  })

  it('[R26] beyond the calendar is none', () => {
    expect([whenFrom({ days: 2 }, '9999-12-30'), whenFrom({ days: 1e12 }, '2026-03-10')]).toEqual([null, null])
    expect(whenFrom({ days: -800_000 }, '2026-03-10')).toBeNull()
  })
})
