import { beforeAll, expect, test } from 'vitest'
import { exportLog } from '../client/workspace/export-log.ts'
import type { Command } from '../domain/commands/commands.ts'
import {
  type CompletionId,
  newId,
  type ProjectId,
  type QuestId,
  type RelationId,
  storedId,
} from '../domain/kernel/ids.ts'
import { type ListKey, todaySections } from '../domain/quest/lists.ts'
import { isRealDate } from '../domain/time/calendar-date.ts'
import { compareWhens, instantOfWhen, isOverdue, localDateOfWhen } from '../domain/time/when.ts'
import { wallClockAt } from '../domain/time/zone.ts'
import { type HostileRecord, hostileRecords } from '../testing/hostile-records.ts'
import { openTestLog, type TestLog } from './projection-test-log.ts'

const ZONES = ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin']
const KEYS: readonly ListKey[] = [
  ...(['inbox', 'trash', 'all'] as const).map((kind) => ({ kind })),
  { kind: 'done', projectId: null },
  { kind: 'project', projectId: storedId<ProjectId>('project') },
  ...ZONES.map((tz) => ({ kind: 'today', day: '2026-03-10', tz }) as const),
]

const records = hostileRecords()
let log: TestLog
beforeAll(() => {
  log = openTestLog()
  for (let start = 0; start < records.length; start += 500) log.document.write(records.slice(start, start + 500))
})

/** Which parts of a record fail a check, with the fields that they come from. */
function failures(table: HostileRecord['table'], check: (record: HostileRecord) => void): readonly string[] {
  return records
    .filter((record) => record.table === table)
    .flatMap((record) => {
      try {
        check(record)
        return []
      } catch (error) {
        return [`${record.path} ${JSON.stringify(record.value).slice(0, 60)}: ${error}`]
      }
    })
}

/** Throws unless a moment falls on a date of the calendar in every zone. */
function show(at: number | null): void {
  if (at === null) return
  new Date(at).toISOString()
  for (const tz of ZONES) {
    const { date } = wallClockAt(at, tz)
    if (!isRealDate(date)) throw new Error(`${at} is ${date} in ${tz}`)
  }
}

test('every list holds hostile quests in one order and counts them', () => {
  for (const key of KEYS) {
    const ids = log.projection.list(key)
    expect([ids.length, new Set(ids).size]).toEqual([log.projection.count(key), ids.length])
    if (key.kind === 'today') todaySections(log.projection, key, 0)
  }
  expect(log.projection.list({ kind: 'trash' })).toHaveLength(10)
})

test('every moment, date and number of a hostile quest can be shown, whatever the field', () => {
  const broken = failures('quests', ({ id }) => {
    const quest = log.projection.quest(storedId<QuestId>(id))
    if (quest === undefined) return
    for (const at of [quest.createdAt, quest.deletedAt, quest.completedAt, ...quest.movedFrom.values()]) show(at)
    for (const reminder of quest.reminders.values()) {
      if ('minutesBefore' in reminder && !Number.isSafeInteger(reminder.minutesBefore)) throw new Error('minutesBefore')
    }
    for (const { size } of quest.attachments.values()) if (!(size >= 0)) throw new Error('size')
    if (quest.estimateMin !== null && !Number.isSafeInteger(quest.estimateMin)) throw new Error('estimateMin')
    for (const tz of ZONES) {
      for (const when of [quest.start, quest.scheduled, quest.due, quest.deadline]) {
        if (when === null) continue
        localDateOfWhen(when, tz)
        new Date(instantOfWhen(when, tz)).toISOString()
        compareWhens(when, { dt: '2026-03-10T12:00', tz: 'UTC' }, tz)
        isOverdue(when, { now: 0, tz, dayStartHour: 6 })
      }
    }
    log.projection.relationsOf(quest.id)
    log.projection.openBlockers(quest.id)
  })
  expect(broken).toEqual([])
})

test('every moment, date and number of the other hostile records can be shown', () => {
  const { projection } = log
  expect(
    failures('completions', ({ id }) => {
      const done = projection.completion(storedId<CompletionId>(id))
      if (done === undefined) return
      for (const at of [done.at, done.voided]) show(at)
      for (const count of [done.stepsDone, done.unblocked]) if (!(count >= 0)) throw new Error('a count')
      if (!/^\d{4}-\d\d-\d\d$/.test(done.day)) throw new Error(done.day)
    }),
  ).toEqual([])
  expect(
    failures('projects', ({ id }) => {
      const project = projection.project(storedId<ProjectId>(id))
      for (const at of [project?.createdAt, project?.archivedAt, project?.deletedAt]) show(at ?? null)
    }),
  ).toEqual([])
  expect(
    failures('relations', ({ id }) => show(projection.relation(storedId<RelationId>(id))?.createdAt ?? null)),
  ).toEqual([])
  for (const id of projection.templates()) {
    const template = projection.template(id)
    show(template?.createdAt ?? null)
    for (const { estimateMin } of template?.quests ?? []) expect(estimateMin ?? 1).toBeGreaterThan(0)
  }
  const orders: readonly (readonly string[])[] = [
    projection.projects(),
    projection.trashedProjects(),
    projection.tags(),
    projection.categories(),
  ]
  for (const ids of orders) expect(new Set(ids).size).toBe(ids.length)
})

test('a log with hostile records is exported whole', () => {
  const workspace = { id: 'w', name: 'x', kind: 'personal' } as const
  const exported = exportLog(log.document, { exportedAt: 0, workspace })
  const ids = exported.records.quests?.map(({ id }) => id) ?? []
  expect(ids.length).toBe([...log.document.ids('quests')].length)
  expect(() => JSON.stringify(exported)).not.toThrow()
})

test('every hostile quest can be acted on or is refused, and never stops the app', () => {
  const broken = failures('quests', ({ id: text }) => {
    const id = storedId<QuestId>(text)
    const commands: readonly Command[] = [
      { kind: 'restoreQuests', ids: [id] },
      { kind: 'editQuest', id, fields: { title: 'Mended' } },
      { kind: 'createTemplate', id: newId(), name: 'x', questId: id },
      { kind: 'completeQuest', id },
      { kind: 'reopenQuest', id },
      { kind: 'moveQuest', id, projectId: null, sectionId: null },
      { kind: 'trashQuests', ids: [id] },
      { kind: 'purgeQuests', ids: [id] },
    ]
    for (const command of commands) log.run(command)
  })
  expect(broken).toEqual([])
})
