import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { completionIdOf, currentOccurrence, withCompletion } from '../domain/completions/completion.ts'
import { readCompletion } from '../domain/completions/completion-fields.ts'
import type { CompletionId, QuestId, RelationId } from '../domain/kernel/ids.ts'
import type { FieldValue, RecordWrite } from '../domain/kernel/record-write.ts'
import { comparePositions, type ListKey, positionIn } from '../domain/quest/lists.ts'
import type { Quest } from '../domain/quest/quest.ts'
import { readQuest } from '../domain/quest/quest.ts'
import { byAge } from '../domain/relations/dependency-order.ts'
import { ignoredEdges } from '../domain/relations/ignored-edges.ts'
import type { Relation } from '../domain/relations/relation-fields.ts'
import { readRelation } from '../domain/relations/relation-fields.ts'
import { openBlockersOf } from '../domain/state/dependencies.ts'
import { openTestLog, type TestLog, testId } from './projection-test-log.ts'
import type { QuestDocument } from './quest-document.ts'

const KEYS: readonly ListKey[] = [
  { kind: 'inbox' },
  { kind: 'today', day: '2026-03-10', tz: 'UTC' },
  { kind: 'today', day: '2026-03-11', tz: 'Asia/Tokyo' },
  { kind: 'project', projectId: testId('p0') },
  { kind: 'project', projectId: testId('p1') },
  { kind: 'trash' },
  { kind: 'done', projectId: null },
  { kind: 'done', projectId: testId('p0') },
  { kind: 'all' },
]

const rank = fc.constantFrom('a0', 'a1', 'a1V', 'Zz', 'no rank', null)
const when = fc.constantFrom(
  null,
  { d: '2026-03-09' },
  { d: '2026-03-10' },
  { dt: '2026-03-10T20:00', tz: 'America/New_York' },
  { d: '2026-02-30' },
)
const questPatch: fc.Arbitrary<{ readonly [path: string]: FieldValue }> = fc.record(
  {
    title: fc.constantFrom('x', 'y', null),
    createdAt: fc.constantFrom(1, 2),
    status: fc.constantFrom('open', 'active', 'cancelled'),
    projectId: fc.constantFrom('p0', 'p1', null),
    parentId: fc.constantFrom('q0', 'q1', null),
    rank,
    todayRank: rank,
    due: when,
    scheduled: when,
    deletedAt: fc.constantFrom(5, 6, null),
    recurrence: fc.constantFrom(null, {
      rrule: 'FREQ=DAILY',
      anchor: 'due',
      missed: 'all',
      monthEnd: 'clamp',
      exdates: [],
      waitForDone: false,
    }),
  },
  { requiredKeys: [], noNullPrototype: true },
)
const newQuest = questPatch.map((patch) => ({ title: 'x', createdAt: 1, ...patch }))
const questId = fc.nat(24).map((index) => `q${index}`)
const write: fc.Arbitrary<RecordWrite> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ table: fc.constant('quests' as const), id: questId, patch: questPatch }) },
  { weight: 2, arbitrary: fc.record({ table: fc.constant('quests' as const), id: questId, patch: newQuest }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(questId, fc.constantFrom('once', '2026-03-09', '2026-03-10'), fc.constantFrom(null, 9), fc.nat(3))
      .map(([id, occurrence, voided, at]) => {
        const patch = { questId: id, occurrence, at, day: '2026-03-10', voided }
        return { table: 'completions' as const, id: `${id}:${occurrence}`, patch }
      }),
  },
)
const shortId = fc.nat(4).map((index) => `q${index}`)
const relation: fc.Arbitrary<RecordWrite> = fc
  .tuple(fc.constantFrom('blocks', 'blocks', 'relates'), shortId, shortId, fc.nat(3), fc.nat(3))
  .map(([kind, from, to, createdAt, dice]) => {
    const patch = dice === 0 ? { kind: null, from: null, to: null, createdAt: null } : { kind, from, to, createdAt }
    return { table: 'relations' as const, id: `${kind}.${from}.${to}`, patch }
  })
const closing: fc.Arbitrary<RecordWrite> = fc
  .tuple(shortId, fc.constantFrom(null, 9), fc.constantFrom<FieldValue>('open', 'cancelled'))
  .map(([id, deletedAt, status]) => ({ table: 'quests', id, patch: { title: 'x', createdAt: 1, deletedAt, status } }))
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      replica: fc.nat(1),
      writes: fc.array(fc.oneof(relation, relation, closing), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ replica: fc.nat(1), writes: fc.array(write, { minLength: 1, maxLength: 4 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ replica: fc.nat(1), writes: fc.array(write, { minLength: 20, maxLength: 60 }) }),
  },
  { weight: 2, arbitrary: fc.record({ replica: fc.nat(1), open: fc.nat(KEYS.length - 1) }) },
  { weight: 2, arbitrary: fc.record({ replica: fc.nat(1), pull: fc.constant(true) }) },
)

function questsFromScratch(document: QuestDocument): ReadonlyMap<QuestId, Quest> {
  const completionOf = (id: CompletionId) => {
    const record = document.record('completions', id)
    return record === undefined ? undefined : readCompletion(id, record)
  }
  const quests = new Map<QuestId, Quest>()
  for (const name of document.ids('quests')) {
    const id = testId<QuestId>(name)
    const fields = readQuest(id, document.record('quests', name) ?? {})
    quests.set(id, withCompletion(fields, completionOf(completionIdOf(id, currentOccurrence(fields)))))
  }
  return quests
}

function listFromScratch(quests: ReadonlyMap<QuestId, Quest>, key: ListKey): readonly QuestId[] {
  const entries = [...quests].flatMap(([id, quest]) => {
    const at = positionIn(quest, key)
    return at === null ? [] : [{ id, at }]
  })
  return entries.sort((a, b) => comparePositions(a.at, a.id, b.at, b.id)).map(({ id }) => id)
}

function relationsFromScratch(document: QuestDocument): readonly Relation[] {
  return [...document.ids('relations')]
    .flatMap((id) => readRelation(testId(id), document.record('relations', id) ?? {}) ?? [])
    .sort(byAge)
}

function expectRelationsFromScratch(log: TestLog): void {
  const all = relationsFromScratch(log.document)
  const ignored = ignoredEdges(all.filter(({ kind }) => kind === 'blocks'))
  for (let index = 0; index < 5; index++) {
    const id = testId<QuestId>(`q${index}`)
    const own = all.filter(({ from, to }) => from === id || to === id)
    const state = {
      quest: log.projection.quest,
      relationsOf: () => own,
      isIgnored: (each: RelationId) => ignored.has(each),
    }
    expect(log.projection.relationsOf(id)).toEqual(own)
    expect(log.projection.openBlockers(id)).toEqual(openBlockersOf(state, id))
  }
  for (const { id } of all) expect(log.projection.isIgnored(id)).toBe(ignored.has(id))
}

function expectSubQuestsFromScratch(log: TestLog): void {
  const quests = [...questsFromScratch(log.document).values()]
  for (const parent of ['q0', 'q1', 'q2'].map(testId<QuestId>)) {
    const own = quests.filter(({ parentId }) => parentId === parent).map(({ id }) => id)
    expect(log.projection.subQuestsOf(parent)).toEqual(own.sort())
  }
}

function expectFromScratch(log: TestLog, keys: readonly ListKey[]): void {
  const quests = questsFromScratch(log.document)
  for (const key of keys) expect([key, log.projection.list(key)]).toEqual([key, listFromScratch(quests, key)])
  for (let index = 0; index < 25; index++) {
    const id = testId<QuestId>(`q${index}`)
    expect(log.projection.quest(id)).toEqual(quests.get(id))
  }
}

it('[R20][R21] after any writes, local and remote, few and many, the projection is what a rebuild gives', () => {
  fc.assert(
    fc.property(fc.array(action, { minLength: 3, maxLength: 40 }), (actions) => {
      const logs = [openTestLog({}, 1), openTestLog({}, 2)] as const
      const opened = [new Set<ListKey>(), new Set<ListKey>()] as const
      const shown = new Set<TestLog>()
      for (const step of actions) {
        const side = step.replica === 0 ? 0 : 1
        const log = logs[side]
        if ('writes' in step) log.document.write(step.writes)
        else if ('open' in step) opened[side].add(KEYS[step.open] ?? { kind: 'all' })
        else {
          const { doc } = log.document
          Y.applyUpdate(doc, Y.encodeStateAsUpdate(logs[side === 0 ? 1 : 0].document.doc, Y.encodeStateVector(doc)))
        }
        expectFromScratch(log, [...opened[side]])
        if ('open' in step) shown.add(log)
        if (!shown.has(log)) continue
        expectRelationsFromScratch(log)
        expectSubQuestsFromScratch(log)
      }
      for (const log of logs) expectFromScratch(log, KEYS)
      for (const log of logs) expectRelationsFromScratch(log)
      for (const log of logs) expectSubQuestsFromScratch(log)
    }),
    { numRuns: 200 },
  )
})
