import { describe, expect, it } from 'vitest'
import { openTestLog, testId } from '../../store/projection-test-log.ts'
import type { ProjectId, QuestId } from '../kernel/ids.ts'
import { isOverdue } from '../time/when.ts'
import { type ListKey, positionIn, type TodayKey, todaySectionOf, todaySections } from './lists.ts'
import { makeQuest } from './make-quest.ts'
import type { Quest } from './quest.ts'

const today: TodayKey = { kind: 'today', day: '2026-03-10', tz: 'Europe/Berlin' }
const sectionOf = (fields: Partial<Quest>) => todaySectionOf(makeQuest(fields), today)

describe('Today', () => {
  it('is overdue when due or deadline has passed', () => {
    expect(sectionOf({ due: { d: '2026-03-09' } })).toBe('overdue')
    expect(sectionOf({ deadline: { d: '2026-03-09' }, due: { d: '2026-03-10' } })).toBe('overdue')
  })

  it('holds what is due, scheduled or ends today, and what was scheduled earlier and is still open', () => {
    expect(sectionOf({ due: { dt: '2026-03-10T09:00' } })).toBe('later')
    expect(sectionOf({ deadline: { d: '2026-03-10' } })).toBe('later')
    expect(sectionOf({ scheduled: { d: '2026-03-10' } })).toBe('later')
    expect(sectionOf({ scheduled: { d: '2026-03-01' }, status: 'waiting' })).toBe('later')
  })

  it('goes by the reader’s date of a zoned time', () => {
    expect(sectionOf({ due: { dt: '2026-03-09T23:30', tz: 'America/New_York' } })).toBe('later')
    expect(sectionOf({ due: { dt: '2026-03-11T00:30', tz: 'Asia/Tokyo' } })).toBe('later')
  })

  it('shows an active quest under now, whatever its dates', () => {
    expect(sectionOf({ status: 'active' })).toBe('now')
    expect(sectionOf({ status: 'active', due: { d: '2026-03-01' } })).toBe('now')
  })

  it('shows as done what was completed for this day', () => {
    expect(sectionOf({ completedAt: 1, completedDay: '2026-03-10', due: { d: '2026-03-01' } })).toBe('done')
    expect(sectionOf({ completedAt: 1, completedDay: '2026-03-09', due: { d: '2026-03-10' } })).toBeNull()
  })

  it('leaves out what is for later days, without dates, cancelled, or only starts', () => {
    expect(sectionOf({})).toBeNull()
    expect(sectionOf({ due: { d: '2026-03-11' }, scheduled: { d: '2026-03-12' } })).toBeNull()
    expect(sectionOf({ due: { d: '2026-03-10' }, status: 'cancelled' })).toBeNull()
    expect(sectionOf({ start: { d: '2026-03-10' } })).toBeNull()
  })

  it('splits into its sections in order, each by its own rank in Today', () => {
    const log = openTestLog({ tz: today.tz })
    const create = (id: string, fields: object) => {
      log.run({ kind: 'createQuest', id: testId(id), title: id, fields })
    }
    create('l1', { due: { d: '2026-03-10' } })
    create('l2', { due: { d: '2026-03-10' } })
    create('o1', { due: { d: '2026-03-01' } })
    create('n1', { status: 'active' })
    create('d1', {})
    log.run({ kind: 'completeQuest', id: testId('d1') })
    const place = { after: null, before: testId<QuestId>('l1') }
    log.run({ kind: 'reorderQuest', id: testId('l2'), list: 'today', place })
    expect(todaySections(log.projection, today, log.context.now)).toEqual({
      overdue: ['o1'],
      now: ['n1'],
      later: ['l2', 'l1'],
      done: ['d1'],
    })
    expect(log.projection.list(today)).toEqual(['o1', 'n1', 'l2', 'l1', 'd1'])
    expect(log.projection.list({ kind: 'inbox' })).toEqual(['l1', 'l2', 'o1', 'n1'])
  })
})

describe('what falls overdue during the day', () => {
  const noon = Date.parse('2026-03-10T12:00:00Z')
  const at = (fields: Partial<Quest>, now: number) => todaySectionOf(makeQuest(fields), today, now)

  it('is overdue from the moment on that its time is over, and whole days stay until the day is', () => {
    const due = { dt: '2026-03-10T13:00' }
    expect([noon - 1, noon, noon + 1].map((now) => at({ due }, now))).toEqual(['later', 'later', 'overdue'])
    expect(at({ deadline: due }, noon + 1)).toBe('overdue')
    expect(at({ due: { dt: '2026-03-10T12:00', tz: 'UTC' } }, noon + 1)).toBe('overdue')
    expect(at({ due: { d: '2026-03-10' } }, noon + 1)).toBe('later')
    expect(at({ scheduled: due }, noon + 1)).toBe('later')
    expect(at({ due, status: 'active' }, noon + 1)).toBe('now')
  })

  it('says the same as the word beside the quest', () => {
    for (const due of [
      { dt: '2026-03-10T13:00' },
      { d: '2026-03-10' },
      { d: '2026-03-09' },
      { dt: '2026-03-11T01:00' },
    ]) {
      for (const now of [noon - 1, noon, noon + 1]) {
        const late = isOverdue(due, { now, tz: today.tz, dayStartHour: 0 })
        expect([due, now, at({ due }, now) === 'overdue']).toEqual([due, now, late])
      }
    }
  })

  it('stands in the order of what is overdue, and is put elsewhere in it', () => {
    const log = openTestLog({ tz: today.tz, now: noon })
    const create = (id: string, due: Quest['due']) =>
      log.run({ kind: 'createQuest', id: testId(id), title: id, fields: { due } })
    create('timed', { dt: '2026-03-10T09:00' })
    create('old', { d: '2026-03-09' })
    create('soon', { dt: '2026-03-10T20:00' })
    const split = () => todaySections(log.projection, today, noon)
    expect(split()).toMatchObject({ overdue: ['timed', 'old'], later: ['soon'] })
    const place = { after: testId<QuestId>('old'), before: null }
    log.run({ kind: 'reorderQuest', id: testId('timed'), list: 'today', place })
    expect(split()).toMatchObject({ overdue: ['old', 'timed'], later: ['soon'] })
  })
})

describe('the other lists', () => {
  const projectId = testId<ProjectId>('p')
  const keys: readonly ListKey[] = [
    { kind: 'inbox' },
    { kind: 'project', projectId },
    { kind: 'done', projectId: null },
    { kind: 'done', projectId },
    { kind: 'trash' },
    { kind: 'all' },
  ]
  const listsOf = (fields: Partial<Quest>) =>
    keys.filter((key) => positionIn(makeQuest(fields), key) !== null).map((key) => key.kind)

  it('hold open quests in the Inbox or their project, closed ones under done, and trashed ones only there', () => {
    expect(listsOf({})).toEqual(['inbox', 'all'])
    expect(listsOf({ projectId })).toEqual(['project', 'all'])
    expect(listsOf({ projectId: testId('other') })).toEqual(['all'])
    expect(listsOf({ completedAt: 1, completedDay: '2026-03-10' })).toEqual(['done', 'all'])
    expect(listsOf({ status: 'cancelled', projectId })).toEqual(['done', 'all'])
    expect(listsOf({ status: 'cancelled', projectId: testId('other') })).toEqual(['all'])
    expect(listsOf({ deletedAt: 5, completedAt: 1, completedDay: '2026-03-10' })).toEqual(['trash'])
  })

  it('follow a quest that is done to the project it is moved to', () => {
    const log = openTestLog()
    const home = testId<ProjectId>('home')
    log.run({ kind: 'createProject', id: projectId, name: 'Work' })
    log.run({ kind: 'createProject', id: home, name: 'Home' })
    log.run({ kind: 'createQuest', id: testId('q'), title: 'q', projectId })
    log.run({ kind: 'completeQuest', id: testId('q') })
    const done = () => [projectId, home].map((each) => log.projection.list({ kind: 'done', projectId: each }))
    expect(done()).toEqual([['q'], []])
    log.run({ kind: 'moveQuest', id: testId('q'), projectId: home, sectionId: null })
    expect(done()).toEqual([[], ['q']])
  })

  it('show the latest done and the latest trashed first', () => {
    const log = openTestLog()
    for (const id of ['q1', 'q2', 'q3']) {
      log.run({ kind: 'createQuest', id: testId(id), title: id })
      log.context = { ...log.context, now: log.context.now + 1000 }
      log.run({ kind: 'completeQuest', id: testId(id) })
    }
    expect(log.projection.list({ kind: 'done', projectId: null })).toEqual(['q3', 'q2', 'q1'])
    log.run({ kind: 'trashQuests', ids: [testId('q3')] })
    log.context = { ...log.context, now: log.context.now + 1000 }
    log.run({ kind: 'trashQuests', ids: [testId('q1')] })
    expect(log.projection.list({ kind: 'trash' })).toEqual(['q1', 'q3'])
  })
})
