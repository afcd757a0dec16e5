import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'

/** What Yjs itself does, and why the store is built as it is. A failure here says an upgrade moved the ground. */
describe('Yjs 13.6', () => {
  test('Y.Map lets the higher client id win over the later edit: hence stamps', () => {
    const [early, late] = [new Y.Doc(), new Y.Doc()]
    early.clientID = 2
    late.clientID = 1
    early.getMap('quest').set('title', 'earlier')
    late.getMap('quest').set('title', 'later')
    Y.applyUpdate(late, Y.encodeStateAsUpdate(early))
    Y.applyUpdate(early, Y.encodeStateAsUpdate(late))
    expect([early, late].map((doc) => doc.getMap('quest').get('title'))).toEqual(['earlier', 'earlier'])
  })

  test('keys of a Y.Map never go, deleted or not: hence entries in an array', () => {
    const doc = new Y.Doc()
    for (let key = 0; key < 1000; key += 1) {
      doc.getMap('flat').set(`quest-${key}/title`, key)
      doc.getMap('flat').delete(`quest-${key}/title`)
    }
    const array = new Y.Doc()
    for (let index = 0; index < 1000; index += 1) {
      array.getArray('entries').push([`quest-${index}/title`])
      array.getArray('entries').delete(0)
    }
    expect(doc.getMap('flat').size).toBe(0)
    expect(Y.encodeStateAsUpdate(doc).length).toBeGreaterThan(15_000)
    expect(Y.encodeStateAsUpdate(array).length).toBeLessThan(50)
  })

  test('a collecting document compacts what mergeUpdates keeps', () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let edit = 0; edit < 500; edit += 1) {
      doc.getArray('entries').push([`content of edit ${edit}`])
      if (edit > 0) doc.getArray('entries').delete(0)
    }
    const merged = Y.mergeUpdates(updates)
    const collected = new Y.Doc()
    Y.applyUpdate(collected, merged)
    expect(Y.encodeStateAsUpdate(collected).length).toBeLessThan(merged.length / 100)
  })

  test('Y.UndoManager deletes a key that a peer has set since (yjs 514): hence inverse patches', () => {
    const [mine, theirs] = [new Y.Doc(), new Y.Doc()]
    const undo = new Y.UndoManager(mine.getMap('quest'))
    mine.getMap('quest').set('energy', 'deep')
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
    theirs.getMap('quest').set('energy', 'deep')
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
    undo.undo()
    expect(mine.getMap('quest').get('energy')).toBeUndefined()
  })

  test('consecutive pushes of one client become one struct, of a Y.Map per quest each field stays one', () => {
    const [entries, maps] = [new Y.Doc(), new Y.Doc()]
    for (let index = 0; index < 100; index += 1) {
      entries.getArray('quests').push([[`q${index}`, index, { title: 'a', energy: 'deep' }]])
      maps.getMap('quests').set(`q${index}`, new Y.Map(Object.entries({ title: 'a', energy: 'deep' })))
    }
    expect(entries.store.clients.get(entries.clientID)).toHaveLength(1)
    expect(maps.store.clients.get(maps.clientID)).toHaveLength(300)
  })

  test('an update made for one peer takes content from a staler one and brings nothing in its place (hocuspocus 1151)', () => {
    const [author, current, stale] = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
    author.getArray('quests').push(['before'])
    Y.applyUpdate(stale, Y.encodeStateAsUpdate(author))
    author.getArray('quests').delete(0)
    author.getArray('quests').push(['after'])
    Y.applyUpdate(current, Y.encodeStateAsUpdate(author))
    author.getArray('quests').push(['and more'])
    Y.applyUpdate(stale, Y.encodeStateAsUpdate(author, Y.encodeStateVector(current)))
    expect(stale.getArray('quests').toJSON()).toEqual([])
  })

  test('of a nested type that two devices make, one goes with all that was typed into it: hence notes in root texts', () => {
    const [mine, theirs] = [new Y.Doc(), new Y.Doc()]
    for (const [doc, text] of [[mine, 'mine'] as const, [theirs, 'theirs'] as const]) {
      doc.getMap('quest').set('notes', new Y.Text(text))
      doc.getText('note:q1').insert(0, text)
    }
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
    expect(String(mine.getMap('quest').get('notes'))).toMatch(/^(mine|theirs)$/)
    expect(mine.getText('note:q1').toString()).toMatch(/^(minetheirs|theirsmine)$/)
  })

  test('client ids beyond 32 bits survive encoding: merged notes rely on it', () => {
    const doc = new Y.Doc()
    doc.clientID = 2 ** 33 - 1
    doc.getText('note:q1').insert(0, 'text')
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    expect([copy.getText('note:q1').toString(), [...copy.store.clients.keys()]]).toEqual(['text', [2 ** 33 - 1]])
  })
  test('writing looks each root up among all of them: hence yjs-root-names', () => {
    const doc = new Y.Doc()
    for (let index = 0; index < 100; index += 1) doc.getText(`note:q${index}`).insert(0, 'text')
    const entries = doc.share.entries.bind(doc.share)
    let walked = 0
    doc.share.entries = function* () {
      for (const entry of entries()) {
        walked += 1
        yield entry
      }
    } as typeof doc.share.entries
    Y.encodeStateAsUpdate(doc)
    expect(walked).toBe(5_050)
  })

  test('a list written in a row is one struct, and each cut copies what follows it: hence yjs-short-structs', () => {
    const doc = new Y.Doc()
    doc.getArray('quests').push(Array.from({ length: 5_000 }, (_, index) => index))
    expect(doc.store.clients.get(doc.clientID)).toHaveLength(1)
    let copied = 0
    const { splice } = Y.ContentAny.prototype
    Y.ContentAny.prototype.splice = function (offset) {
      copied += this.arr.length
      return splice.call(this, offset)
    }
    doc.transact(() => {
      for (let index = 0; index < 2_500; index += 1) doc.getArray('quests').delete(index)
    })
    Y.ContentAny.prototype.splice = splice
    expect(copied).toBeGreaterThan(6_000_000)
  })
})
