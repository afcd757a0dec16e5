import { describe, expect, it } from 'vitest'
import { openTestLog, type TestLog, testId } from '../../store/projection-test-log.ts'
import { syncDocuments } from '../../testing/open-test-document.ts'
import type { QuestId, UserId } from '../kernel/ids.ts'
import type { Reminder } from '../quest/reminder.ts'
import { ancestorsOf } from '../state/dependencies.ts'

const [a, b, c] = [testId<QuestId>('a'), testId<QuestId>('b'), testId<QuestId>('c')]
const [ana, ben] = [testId<UserId>('ana'), testId<UserId>('ben')]

function withQuests(clientId = 1): TestLog {
  const log = openTestLog({}, clientId)
  for (const id of [a, b, c]) log.run({ kind: 'createQuest', id, title: id })
  return log
}

function within(log: TestLog, id: QuestId, parentId: QuestId | null) {
  return log.run({ kind: 'editQuest', id, fields: { parentId } })
}

describe('assignees', () => {
  it('come and go one by one, also on two devices offline, and are undone', () => {
    const [one, two] = [withQuests(1), openTestLog({}, 2)]
    syncDocuments(one.document, two.document)
    one.run({ kind: 'assignQuest', id: a, userId: ana })
    two.run({ kind: 'assignQuest', id: a, userId: ben })
    syncDocuments(one.document, two.document)
    expect([...(one.projection.quest(a)?.assignees ?? [])].sort()).toEqual([ana, ben])
    one.run({ kind: 'unassignQuest', id: a, userId: ben })
    expect(one.projection.quest(a)?.assignees).toEqual(new Set([ana]))
    one.history.undo()
    one.history.undo()
    expect(one.projection.quest(a)?.assignees).toEqual(new Set([ben]))
  })

  it('are written where they differ, and refused where there are too many or the id is none', () => {
    const log = withQuests()
    log.run({ kind: 'assignQuest', id: a, userId: ana })
    expect(log.run({ kind: 'assignQuest', id: a, userId: ana })).toEqual({ ok: true, value: [] })
    expect(log.run({ kind: 'unassignQuest', id: a, userId: ben })).toEqual({ ok: true, value: [] })
    expect(log.run({ kind: 'assignQuest', id: a, userId: testId('x/y') })).toMatchObject({ error: { field: 'userId' } })
    for (let index = 1; index < 50; index++) log.run({ kind: 'assignQuest', id: a, userId: testId(`u${index}`) })
    expect(log.run({ kind: 'assignQuest', id: a, userId: ben })).toMatchObject({ error: { reason: 'too-many' } })
    log.run({ kind: 'trashQuests', ids: [b] })
    expect(log.run({ kind: 'assignQuest', id: b, userId: ana })).toMatchObject({ error: { code: 'trashed' } })
  })
})

describe('reminders', () => {
  const before: Reminder = { minutesBefore: 30, of: 'due' }
  const at: Reminder = { at: { dt: '2026-03-10T09:00', tz: 'Europe/Berlin' }, nagging: true }

  it('are added, replaced as a whole and removed, and each is undone', () => {
    const log = withQuests()
    const reminder = () => log.projection.quest(a)?.reminders.get('r1')
    log.run({ kind: 'addReminder', id: a, reminderId: 'r1', reminder: before })
    log.run({ kind: 'editReminder', id: a, reminderId: 'r1', reminder: at })
    log.run({ kind: 'removeReminder', id: a, reminderId: 'r1' })
    const seen = [reminder()]
    for (let index = 0; index < 3; index++) {
      log.history.undo()
      seen.push(reminder())
    }
    expect(seen).toEqual([undefined, at, before, undefined])
  })

  it('are written where they differ', () => {
    const log = withQuests()
    log.run({ kind: 'addReminder', id: a, reminderId: 'r1', reminder: before })
    const same: Reminder = { of: 'due', nagging: false, minutesBefore: 30 }
    expect(log.run({ kind: 'editReminder', id: a, reminderId: 'r1', reminder: same })).toEqual({ ok: true, value: [] })
  })

  it('are refused where they are none, known already, missing, or too many', () => {
    const log = withQuests()
    const add = (reminder: Reminder, reminderId = 'r9') => {
      const outcome = log.run({ kind: 'addReminder', id: a, reminderId, reminder })
      return outcome.ok ? null : outcome.error
    }
    expect(add({ at: { d: '2026-02-30' } })).toMatchObject({ field: 'reminder', reason: 'malformed' })
    expect(add({ at: { dt: '2026-03-10T09:00', tz: 'Moon/Sea' } })).toMatchObject({ reason: 'unknown-zone' })
    expect(add({ minutesBefore: -1, of: 'due' })).toMatchObject({ reason: 'out-of-range' })
    expect(add(before, 'r/1')).toMatchObject({ field: 'reminderId' })
    for (let index = 0; index < 20; index++) expect(add(before, `r${index}`)).toBeNull()
    expect(add(before, 'r0')).toMatchObject({ code: 'already-exists' })
    expect(add(before, 'r20')).toMatchObject({ reason: 'too-many' })
    expect(log.run({ kind: 'removeReminder', id: a, reminderId: 'gone' })).toMatchObject({
      error: { code: 'not-found', table: 'reminders' },
    })
  })
})

describe('a parent', () => {
  it('[R22] is refused where the quest would be part of itself, with the way round', () => {
    const log = withQuests()
    within(log, b, a)
    within(log, c, b)
    expect(within(log, a, c)).toEqual({ ok: false, error: { code: 'cycle', kind: 'parent', path: [a, c, b, a] } })
    expect(within(log, a, a)).toMatchObject({ error: { code: 'cycle', path: [a, a] } })
    expect(within(log, c, a).ok).toBe(true)
    log.history.undo()
    expect(log.projection.quest(c)?.parentId).toBe(b)
  })

  it('[R22] is refused where edits of one command close a circle together', () => {
    const log = withQuests()
    const edits = [
      { id: a, fields: { parentId: b } },
      { id: b, fields: { parentId: a } },
    ]
    expect(log.run({ kind: 'editQuests', edits })).toMatchObject({ error: { code: 'cycle', path: [b, a, b] } })
    expect(log.projection.quest(a)?.parentId).toBeNull()
  })

  it('is refused where it is missing or in the Trash', () => {
    const log = withQuests()
    log.run({ kind: 'trashQuests', ids: [b] })
    expect(within(log, a, testId('gone'))).toMatchObject({ error: { code: 'not-found' } })
    expect(within(log, a, b)).toMatchObject({ error: { code: 'trashed' } })
    expect(within(log, a, testId('x/y'))).toMatchObject({ error: { field: 'parentId', reason: 'malformed' } })
  })

  it('[R22] that a merge put in a circle ends the line of ancestors, and can be taken out', () => {
    const [one, two] = [withQuests(1), openTestLog({}, 2)]
    syncDocuments(one.document, two.document)
    within(one, a, b)
    within(two, b, a)
    syncDocuments(one.document, two.document)
    within(one, c, a)
    expect([a, b, c].map((id) => ancestorsOf(one.projection, id))).toEqual([[b], [a], [a, b]])
    expect(within(one, a, b)).toEqual({ ok: true, value: [] })
    expect(within(one, a, null).ok).toBe(true)
    expect(ancestorsOf(one.projection, c)).toEqual([a])
  })
})
