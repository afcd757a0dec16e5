import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { STAMP_AHEAD_MS } from '@questlog/shared/store/stamp'
import { findUnreadable, removeUnreadable } from '@questlog/shared/store/unreadable'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { admitUpdate, readUpdate } from './admit-update.ts'

const NOW = 1_800_000_000_000
const bounds = { nowMs: NOW, stampAheadMs: STAMP_AHEAD_MS }

/** What becomes of all a device has, sent to a server that has nothing: the kind, or why it is refused. */
function admit(doc: Y.Doc): string {
  const bytes = Y.encodeStateAsUpdate(doc)
  const read = readUpdate(bytes)
  const admission = read.ok ? admitUpdate(read.value, bytes, new Y.Doc(), bounds) : read
  return admission.ok ? admission.value.kind : admission.error
}

describe.each([true, false])('what a device left out is taken as deleted (collecting: %s)', (gc) => {
  test('[R27] entries under stamps too far ahead are refused, and taken once they are corrected', () => {
    const doc = new Y.Doc({ gc })
    const document = openQuestDocument(doc, { now: () => NOW + 3 * 86_400_000 })
    for (const title of ['a', 'b', 'c']) {
      document.write([{ table: 'quests', id: 'q', patch: { title, createdAt: 1 } }])
      document.write([{ table: 'quests', id: title, patch: { title, createdAt: 1 } }])
    }
    expect(admit(doc)).toBe('unsafe-stamp')
    document.observeServerTime(NOW)
    document.restampAhead(() => false)
    expect(admit(doc)).toBe('new')
  })

  test('[R14] elements that cannot be read are refused, and what is left is taken once they are set aside', () => {
    const doc = new Y.Doc({ gc })
    doc
      .getArray('quests')
      .push([['q', 1, { title: 'x', createdAt: 1 }], { title: 'No entry' }, ['r', 1, { title: 'x' }]])
    doc.getArray('quests').push([new Y.Map([['nested', 1]]), new Uint8Array([1]), ['s', 1, {}, '', undefined]])
    doc.getArray('note:q').push([['q', 1, { title: 'x' }]])
    expect(admit(doc)).toBe('entry-shape')
    const found = findUnreadable(doc, () => false)
    removeUnreadable(doc, found)
    expect(admit(doc)).toBe('new')
    expect(doc.getArray('quests').length).toBe(2)
  })
})
