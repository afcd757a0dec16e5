import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { openQuestDocument } from './quest-document.ts'

test('a command over many records removes their entries in the order they have in the document, so that no cut moves the others', () => {
  const document = openQuestDocument(new Y.Doc(), { now: () => 1_000 })
  const ids = Array.from({ length: 100 }, (_, index) => `q${index}`)
  const writeAll = (patch: Record<string, number | string | null>) =>
    document.write(ids.map((id) => ({ table: 'quests', id, patch })))
  writeAll({ title: 'imported', createdAt: 1 })
  // Too large to be rewritten, so that each record has two entries.
  writeAll({ rank: 'a'.repeat(2_000) })
  const { delete: remove } = Y.Item.prototype
  const order: number[] = []
  Y.Item.prototype.delete = function (transaction) {
    order.push(this.id.clock)
    remove.call(this, transaction)
  }
  writeAll({ title: null, createdAt: null, rank: null })
  Y.Item.prototype.delete = remove
  expect(order.length).toBeGreaterThan(150)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect([...document.ids('quests')].filter((id) => document.record('quests', id) !== undefined)).toEqual([])
})
