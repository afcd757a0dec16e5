import { describe, expect, test, vi } from 'vitest'
import { openTestDocument, syncDocuments, VISIBLE, writeQuest } from '../testing/open-test-document.ts'
import { createHistory } from './history.ts'

function openWithHistory(limit?: number) {
  const clock = { nowMs: 1000 }
  const document = openTestDocument({ clock })
  const history = createHistory(document, limit)
  const edit = (patch: Parameters<typeof writeQuest>[2]): void => history.push(writeQuest(document, 'q1', patch))
  return { clock, document, history, edit, title: () => document.record('quests', 'q1')?.title }
}

describe('history', () => {
  test('[R17] undo and redo walk through several commands on one field, back and forth', () => {
    const { history, edit, title } = openWithHistory()
    edit(VISIBLE)
    edit({ title: 'b' })
    edit({ title: 'c' })
    const seen = [history.undo, history.undo, history.redo, history.redo, history.undo, history.undo].map((step) => {
      step()
      return title()
    })
    expect(seen).toEqual(['b', 'Slay the dragon', 'b', 'c', 'b', 'Slay the dragon'])
  })

  test('[R17] undoing a creation hides the record, redoing shows it again with its fields', () => {
    const { document, history, edit } = openWithHistory()
    edit({ ...VISIBLE, 'tags/a': true })
    history.undo()
    expect([document.record('quests', 'q1'), history.canUndo(), history.canRedo()]).toEqual([undefined, false, true])
    history.redo()
    expect(document.record('quests', 'q1')).toEqual({ ...VISIBLE, 'tags/a': true })
  })

  test('[R17] a field changed since by another device stays, the other fields go back', () => {
    const { clock, document, history, edit } = openWithHistory()
    const other = openTestDocument({ clock })
    edit({ ...VISIBLE, priority: 0 })
    edit({ title: 'mine', priority: 1 })
    syncDocuments(document, other)
    writeQuest(other, 'q1', { title: 'theirs' })
    syncDocuments(document, other)
    history.undo()
    syncDocuments(document, other)
    expect(other.record('quests', 'q1')).toEqual({ title: 'theirs', createdAt: 1, priority: 0 })
    history.redo()
    expect(document.record('quests', 'q1')).toEqual({ title: 'theirs', createdAt: 1, priority: 1 })
  })

  test('[R17] a field another device set to the very same value stays', () => {
    const { clock, document, history, edit } = openWithHistory()
    const other = openTestDocument({ clock })
    edit({ ...VISIBLE, priority: 0 })
    edit({ priority: 1 })
    syncDocuments(document, other)
    writeQuest(other, 'q1', { priority: 1 })
    syncDocuments(document, other)
    edit({ title: 'x' })
    history.undo()
    history.undo()
    expect(document.record('quests', 'q1')).toBeUndefined()
    expect(document.stampOf('quests', 'q1', 'priority')).toBe(other.stampOf('quests', 'q1', 'priority'))
  })

  test('[R17] both devices may undo the same field; the later undo holds everywhere', () => {
    const { clock, document, history, edit } = openWithHistory()
    const other = openTestDocument({ clock })
    const otherHistory = createHistory(other)
    edit({ ...VISIBLE, priority: 0 })
    syncDocuments(document, other)
    edit({ priority: 1 })
    otherHistory.push(writeQuest(other, 'q1', { priority: 2 }))
    history.undo()
    clock.nowMs = 2000
    otherHistory.undo()
    syncDocuments(document, other)
    expect([document, other].map((each) => each.record('quests', 'q1')?.priority)).toEqual([0, 0])
  })

  test('[R17] an undo is undone by another device as any write', () => {
    const { clock, document, history, edit, title } = openWithHistory()
    const other = openTestDocument({ clock })
    edit(VISIBLE)
    edit({ title: 'b' })
    history.undo()
    syncDocuments(document, other)
    writeQuest(other, 'q1', { title: 'b' })
    syncDocuments(document, other)
    expect([title(), history.redo()]).toEqual(['b', null])
  })

  test('[R17] a command that has nothing left to undo is skipped', () => {
    const { document, history, edit, title } = openWithHistory()
    edit(VISIBLE)
    edit({ title: 'b' })
    edit({ priority: 1 })
    writeQuest(document, 'q1', { priority: 3 })
    history.undo()
    expect(title()).toBe('Slay the dragon')
  })

  test('[R17] unlike Y.UndoManager, undo deletes no key that a peer has set (yjs 514, 642)', () => {
    const { clock, document, history, edit } = openWithHistory()
    const other = openTestDocument({ clock })
    edit(VISIBLE)
    syncDocuments(document, other)
    edit({ energy: 'deep' })
    clock.nowMs = 2000
    writeQuest(other, 'q1', { energy: 'low' })
    syncDocuments(document, other)
    history.undo()
    syncDocuments(document, other)
    expect([document, other].map((each) => each.record('quests', 'q1')?.energy)).toEqual([undefined, undefined])
  })

  test('a new command ends redo; the oldest commands beyond the limit are forgotten', () => {
    const { history, edit, title } = openWithHistory(2)
    edit(VISIBLE)
    edit({ title: 'b' })
    edit({ title: 'c' })
    history.undo()
    edit({ title: 'd' })
    expect(history.canRedo()).toBe(false)
    history.undo()
    history.undo()
    expect([title(), history.undo(), history.canUndo()]).toEqual(['Slay the dragon', null, false])
  })

  test('tells its listeners of every change until they leave', () => {
    const { history, edit } = openWithHistory()
    const listener = vi.fn()
    const stop = history.onChange(listener)
    edit(VISIBLE)
    history.undo()
    stop()
    history.redo()
    expect(listener).toHaveBeenCalledTimes(2)
  })
})
