import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { ProjectId, QuestId, TagId } from '../domain/kernel/ids.ts'
import { openTestLog, type TestLog, testId } from './projection-test-log.ts'

const inbox = { kind: 'inbox' } as const
const [a, b, c] = [testId<QuestId>('a'), testId<QuestId>('b'), testId<QuestId>('c')]

function withQuests(...ids: readonly QuestId[]): TestLog {
  const log = openTestLog()
  for (const id of ids) log.run({ kind: 'createQuest', id, title: `Quest ${id}` })
  return log
}

function pull(into: TestLog, from: TestLog): void {
  Y.applyUpdate(into.document.doc, Y.encodeStateAsUpdate(from.document.doc, Y.encodeStateVector(into.document.doc)))
}

/** Counts the calls of a subscription. */
function counted(subscribe: (listener: () => void) => () => void) {
  const counter = { calls: 0, stop: () => {} }
  counter.stop = subscribe(() => {
    counter.calls++
  })
  return counter
}

describe('records', () => {
  it('keep their reference until they change, and change alone', () => {
    const { projection, run } = withQuests(a, b)
    const [questA, questB] = [projection.quest(a), projection.quest(b)]
    run({ kind: 'editQuest', id: a, fields: { priority: 1 } })
    expect(projection.quest(a)).toMatchObject({ title: 'Quest a', priority: 1 })
    expect(projection.quest(a)).not.toBe(questA)
    expect(projection.quest(b)).toBe(questB)
  })

  it('are undefined while they lack what they must have', () => {
    const log = withQuests()
    log.document.write([{ table: 'quests', id: a, patch: { priority: 1 } }])
    expect(log.projection.quest(a)).toBeUndefined()
    expect(log.projection.list({ kind: 'all' })).toEqual([])
    log.document.write([{ table: 'quests', id: a, patch: { title: 'x', createdAt: 1 } }])
    expect(log.projection.quest(a)).toMatchObject({ priority: 1, title: 'x' })
    expect(log.projection.list({ kind: 'all' })).toEqual([a])
  })

  it('are the projects in order, and apart from them those in the Trash, the latest first', () => {
    const log = withQuests()
    const [p1, p2, p3] = [testId<ProjectId>('p1'), testId<ProjectId>('p2'), testId<ProjectId>('p3')]
    for (const id of [p1, p2, p3]) log.run({ kind: 'createProject', id, name: id })
    expect(log.projection.trashedProjects()).toEqual([])
    for (const id of [p1, p3]) {
      log.context = { ...log.context, now: log.context.now + 1 }
      log.run({ kind: 'trashProject', id })
    }
    expect([log.projection.projects(), log.projection.trashedProjects()]).toEqual([[p2], [p3, p1]])
    log.run({ kind: 'restoreProject', id: p3 })
    expect([log.projection.projects(), log.projection.trashedProjects()]).toEqual([[p2, p3], [p1]])
  })

  it('of every table are read, and read again when they change', () => {
    const { projection, run, document } = withQuests()
    const [work, deep] = [testId<ProjectId>('work'), testId<TagId>('deep')]
    run({ kind: 'createProject', id: work, name: 'Work' })
    run({ kind: 'createTag', id: deep, name: 'deep' })
    document.write([{ table: 'sections', id: 's', patch: { projectId: 'work', name: 'Later' } }])
    expect(projection.section(testId('s'))?.name).toBe('Later')
    expect([projection.project(work)?.name, projection.tag(deep)?.name]).toEqual(['Work', 'deep'])
    run({ kind: 'editProject', id: work, fields: { name: 'Home' } })
    run({ kind: 'editTag', id: deep, fields: { name: 'flow' } })
    expect([projection.project(work)?.name, projection.tag(deep)?.name]).toEqual(['Home', 'flow'])
  })

  it('that have names stand where a person looks for them', () => {
    const { projection, run } = withQuests()
    for (const name of ['Zebra', 'Äpfel', 'apfelbaum', 'Ёж', 'Жук']) {
      run({ kind: 'createTag', id: testId(`t${name.length}${name.charCodeAt(0)}`), name })
    }
    const names = projection.tags().map((id) => projection.tag(id)?.name)
    expect(names).toEqual(['Äpfel', 'apfelbaum', 'Zebra', 'Ёж', 'Жук'])
  })

  it('of a quest follow its completion, wherever that was written first', () => {
    const log = withQuests()
    const completion = { questId: 'a', occurrence: 'once', at: 5, day: '2026-03-10', voided: null }
    expect(log.projection.list({ kind: 'done', projectId: null })).toEqual([])
    log.document.write([{ table: 'completions', id: 'a:once', patch: completion }])
    log.run({ kind: 'createQuest', id: a, title: 'x' })
    expect(log.projection.isDone(a)).toBe(true)
    expect(log.projection.list({ kind: 'done', projectId: null })).toEqual([a])
    log.document.write([{ table: 'completions', id: 'a:once', patch: { voided: 9 } }])
    expect(log.projection.isDone(a)).toBe(false)
    expect(log.projection.list(inbox)).toEqual([a])
  })
})

describe('lists', () => {
  it('keep their reference while no member comes, goes or moves', () => {
    const { projection, run } = withQuests(a, b)
    const before = projection.list(inbox)
    run({ kind: 'editQuest', id: a, fields: { title: 'Another', due: { d: '2026-03-10' } } })
    expect(projection.list(inbox)).toBe(before)
    run({ kind: 'createQuest', id: c, title: 'x' })
    expect(projection.list(inbox)).toEqual([a, b, c])
    expect(before).toEqual([a, b])
  })

  it('are replaced when a quest changes its section of Today and not its place', () => {
    const { projection, run } = withQuests(a)
    const today = { kind: 'today', day: '2026-03-10', tz: 'UTC' } as const
    run({ kind: 'editQuest', id: a, fields: { due: { d: '2026-03-01' } } })
    const before = projection.list(today)
    run({ kind: 'editQuest', id: a, fields: { status: 'active' } })
    expect(projection.list(today)).toEqual([a])
    expect(projection.list(today)).not.toBe(before)
  })

  it('are replaced when the time of day changes at which a quest of Today falls overdue', () => {
    const { projection, run } = withQuests(a)
    const today = { kind: 'today', day: '2026-03-10', tz: 'UTC' } as const
    run({ kind: 'editQuest', id: a, fields: { due: { dt: '2026-03-10T20:00' } } })
    const before = projection.list(today)
    run({ kind: 'editQuest', id: a, fields: { title: 'Another' } })
    expect(projection.list(today)).toBe(before)
    run({ kind: 'editQuest', id: a, fields: { due: { dt: '2026-03-10T08:00' } } })
    expect(projection.list(today)).not.toBe(before)
  })

  it('take in many moves at once', () => {
    const ids = Array.from({ length: 60 }, (_, index) => testId<QuestId>(`q${index}`))
    const { projection, document } = withQuests(...ids)
    expect(projection.list(inbox)).toEqual(ids)
    const [trashed, first, rest] = [ids.slice(0, 20), ids.slice(20, 40), ids.slice(40)]
    const trash = trashed.map((id) => ({ table: 'quests' as const, id, patch: { deletedAt: 1 } }))
    const raise = first.map((id, index) => ({
      table: 'quests' as const,
      id,
      patch: { rank: `z${'z'.repeat(26)}${50 - index}V` },
    }))
    document.write([...trash, ...raise])
    expect(projection.list(inbox)).toEqual([...rest, ...first.toReversed()])
  })

  it('count their members', () => {
    const { projection, run } = withQuests(a, b)
    run({ kind: 'completeQuest', id: a })
    expect([projection.count(inbox), projection.count({ kind: 'done', projectId: null })]).toEqual([1, 1])
  })

  it('take in a record that arrives in several entries at once', () => {
    const [one, two, late] = [openTestLog({}, 1), openTestLog({}, 2), openTestLog({}, 3)]
    expect(late.projection.list(inbox)).toEqual([])
    one.run({ kind: 'createQuest', id: a, title: 'x' })
    pull(two, one)
    one.run({ kind: 'editQuest', id: a, fields: { priority: 1 } })
    two.run({ kind: 'editQuest', id: a, fields: { title: 'y' } })
    two.run({ kind: 'editQuest', id: a, fields: { title: 'z', priority: 2 } })
    pull(one, two)
    pull(late, one)
    expect(late.projection.list(inbox)).toEqual([a])
    expect(late.projection.quest(a)).toEqual(one.projection.quest(a))
  })
})

describe('subscriptions', () => {
  it('tell of the record asked for and no other, a quest’s completion included', () => {
    const { projection, run } = withQuests(a, b)
    const onA = counted((listener) => projection.subscribeRecord('quests', a, listener))
    const onB = counted((listener) => projection.subscribeRecord('quests', b, listener))
    run({ kind: 'editQuest', id: a, fields: { priority: 1 } })
    run({ kind: 'completeQuest', id: a })
    expect([onA.calls, onB.calls]).toEqual([2, 0])
    onA.stop()
    run({ kind: 'reopenQuest', id: a })
    expect(onA.calls).toBe(2)
  })

  it('tell of the list asked for, once a transaction, when everything is up to date', () => {
    const { projection, run } = withQuests(a, b, c)
    const seen: unknown[] = []
    projection.subscribeList(inbox, () => seen.push([projection.list(inbox), projection.list({ kind: 'trash' })]))
    run({ kind: 'trashQuests', ids: [a, b] })
    run({ kind: 'editQuest', id: c, fields: { title: 'Another' } })
    expect(seen).toEqual([[[c], expect.arrayContaining([a, b])]])
  })

  it('tell of projects and tags when their order or members change', () => {
    const { projection, run } = withQuests()
    const onProjects = counted(projection.subscribeProjects)
    const onTags = counted(projection.subscribeTags)
    run({ kind: 'createProject', id: testId('p1'), name: 'Work' })
    run({ kind: 'editProject', id: testId('p1'), fields: { name: 'Home' } })
    run({ kind: 'createTag', id: testId('t1'), name: 'x' })
    expect([onProjects.calls, onTags.calls]).toEqual([1, 1])
  })

  it('may end or begin while others are told', () => {
    const { projection, run } = withQuests(a)
    const counts = [0, 0]
    const stops: (() => void)[] = []
    stops.push(
      projection.subscribeRecord('quests', a, () => {
        counts[0] = (counts[0] ?? 0) + 1
        stops[1]?.()
        projection.subscribeRecord('quests', a, () => {})
      }),
    )
    stops.push(projection.subscribeRecord('quests', a, () => (counts[1] = (counts[1] ?? 0) + 1)))
    run({ kind: 'editQuest', id: a, fields: { priority: 1 } })
    expect(counts).toEqual([1, 0])
  })

  it('end with the projection', () => {
    const { projection, run } = withQuests(a)
    const onA = counted((listener) => projection.subscribeRecord('quests', a, listener))
    projection.destroy()
    run({ kind: 'editQuest', id: a, fields: { priority: 1 } })
    expect(onA.calls).toBe(0)
  })
})
