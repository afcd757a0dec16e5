import { expect, it } from 'vitest'
import type { QuestId } from '../../domain/kernel/ids.ts'
import { openTestLog, testId } from '../../store/projection-test-log.ts'
import { exportLog } from './export-log.ts'

it('an export holds the records of every table, categories, relations and templates too', () => {
  const log = openTestLog()
  const [a, b] = [testId<QuestId>('a'), testId<QuestId>('b')]
  for (const id of [a, b]) log.run({ kind: 'createQuest', id, title: id })
  log.run({ kind: 'createProject', id: testId('p'), name: 'x' })
  log.run({ kind: 'createSection', id: testId('s'), projectId: testId('p'), name: 'x' })
  log.run({ kind: 'createCategory', id: testId('c'), name: 'Health' })
  log.run({ kind: 'relate', relation: 'relates', from: a, to: b })
  log.run({ kind: 'createTemplate', id: testId('t'), name: 'x', questId: a })
  const workspace = { id: 'w', name: 'x', kind: 'personal' } as const
  const { records } = exportLog(log.document, { exportedAt: 0, workspace })
  expect(Object.keys(records)).toEqual(['quests', 'projects', 'sections', 'categories', 'relations', 'templates'])
  expect(records.categories).toMatchObject([{ id: 'c', fields: { name: 'Health' } }])
  expect(records.relations).toMatchObject([{ id: 'relates.a.b', fields: { kind: 'relates', from: 'a', to: 'b' } }])
})
