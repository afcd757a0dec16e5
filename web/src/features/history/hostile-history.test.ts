import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import { type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { createProjection } from '@questlog/shared/store/projection'
import { openTestLog } from '@questlog/shared/store/projection-test-log'
import { hostileRecords } from '@questlog/shared/testing/hostile-records'
import { beforeAll, expect, test } from 'vitest'
import { formatInstant, formatTimeOfWhen, formatWhen, localDay } from '../../i18n/format.ts'
import { loadLaterTexts, translate } from '../../i18n/translate.ts'
import { splitTrash } from '../trash/split-trash.ts'
import { describeChange, describeFormer, restoringInWords } from './describe-change.ts'
import { restoreCommand } from './restore-command.ts'
import type { Wording } from './value-in-words.ts'

beforeAll(loadLaterTexts)

const records = hostileRecords()

function openLog() {
  const log = openTestLog()
  for (let start = 0; start < records.length; start += 500) log.document.write(records.slice(start, start + 500))
  return createProjection(log.document)
}

test('whatever a device wrote into a field, its history is told in words', () => {
  const projection = openLog()
  const wording: Wording = {
    t: translate,
    language: 'en',
    projection,
    today: '2027-01-30',
    nameOfUser: () => 'A member',
  }
  const broken: string[] = []
  for (const { table, id, path, value } of records) {
    for (const change of ['changed', 'lost'] as const) {
      const about = { key: 'k', at: 0, change, table, id, questId: id, path, author: { kind: 'unknown' } } as const
      const item: HistoryItem = { ...about, before: value, after: value, seq: null, replacedOwn: false, isCut: false }
      try {
        for (const each of [item, { ...item, before: null }, { ...item, after: null }]) {
          describeChange(each, wording)
          describeFormer(each, wording)
          restoringInWords(each, wording)
          restoreCommand(each, projection)
        }
      } catch (error) {
        broken.push(`${table} ${path} ${JSON.stringify(value).slice(0, 60)}: ${error}`)
      }
    }
  }
  expect(broken).toEqual([])
})

test('whatever moments and dates the records of a log hold, its screens have words for them', () => {
  const projection = openLog()
  const trashed = projection.list({ kind: 'trash' })
  expect(splitTrash(projection, projection.trashedProjects(), trashed)).toHaveLength(
    projection.trashedProjects().length + trashed.length,
  )
  for (const { table, id } of records) {
    if (table !== 'quests') continue
    const quest = projection.quest(storedId<QuestId>(id))
    if (quest === undefined) continue
    for (const at of [quest.deletedAt, quest.createdAt]) {
      if (at === null) continue
      expect(formatInstant('en', at)).toMatch(/\d/)
      expect(localDay(at)).toMatch(/^\d{1,4}-\d\d-\d\d$/)
    }
    for (const when of [quest.start, quest.scheduled, quest.due, quest.deadline]) {
      if (when === null) continue
      expect(formatWhen('en', when, '2027-01-30', 'Pacific/Kiritimati')).not.toBe('')
      formatTimeOfWhen('en', when, 'Pacific/Pago_Pago')
    }
  }
})
