import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { QuestId } from '../domain/kernel/ids.ts'
import { carryOver } from '../testing/carry.ts'
import { openTestDocument, syncDocuments, VISIBLE, writeQuest } from '../testing/open-test-document.ts'
import { carriedAsText, prepareCarry } from './carry.ts'
import { rebaseDocument } from './compact.ts'
import { openQuestDocument, type QuestDocument } from './quest-document.ts'

const note = 'q1' as QuestId
const text = (document: QuestDocument) => document.note(note).toString()
const stateOf = ({ doc }: QuestDocument) => Y.encodeStateAsUpdate(doc)

/** An epoch that is over, replicas of it, and its final state. */
function epoch(base: string, replicas: number) {
  const server = openTestDocument()
  server.note(note).insert(0, base)
  const final = stateOf(server)
  return { server, final, replicas: Array.from({ length: replicas }, () => openTestDocument({ state: final })) }
}

const nextOf = ({ doc }: QuestDocument) => openQuestDocument(rebaseDocument(doc), { now: () => 0 })

describe('what a device of an old epoch had not sent', () => {
  test('[R33] meets what others had not sent, as if typed in one document', () => {
    const { server, final, replicas } = epoch('base', 2)
    const [left, right] = replicas
    if (!left || !right) throw new RangeError('Two replicas')
    left.note(note).insert(0, 'left ')
    right.note(note).insert(4, ' right')
    right.note(note).delete(0, 1)
    const next = nextOf(server)
    for (const replica of [left, right, left]) carryOver(replica.doc, final, next)
    expect(text(next)).toBe('left ase right')
  })

  test('[R33] stands where it was typed, even if the text around it is gone', () => {
    const { server, replicas } = epoch('one two three', 1)
    const [device] = replicas
    if (!device) throw new RangeError('One replica')
    device.note(note).insert(6, 'X')
    // Deleted by another device, and so not in the next epoch.
    server.note(note).delete(3, 6)
    const final = stateOf(server)
    const next = nextOf(server)
    carryOver(device.doc, final, next)
    expect(text(next)).toBe('oneXhree')
  })

  test('[R33] is written under the same ids by every tab that carries it, and a second time changes nothing', () => {
    const { server, final, replicas } = epoch('base', 1)
    const [device] = replicas
    if (!device) throw new RangeError('One replica')
    device.note(note).insert(2, 'abc')
    const tab = openTestDocument({ state: stateOf(device) })
    tab.note(note).insert(4, 'later')
    const [first, second] = [nextOf(server), nextOf(server)]
    carryOver(device.doc, final, first)
    carryOver(tab.doc, final, second)
    carryOver(device.doc, final, second)
    syncDocuments(first, second)
    expect([text(first), text(second)]).toEqual([text(tab), text(tab)])
    expect([...first.doc.store.clients.keys()].sort()).toEqual(
      [2 ** 33 + 1, device.doc.clientID + 2 ** 32, tab.doc.clientID + 2 ** 32].sort(),
    )
    const state = stateOf(first)
    for (const each of [device, tab]) {
      expect(carryOver(each.doc, final, first)).toEqual({ entries: 0, notes: 0, leftBehind: 0 })
    }
    expect(stateOf(first)).toEqual(state)
  })

  test('[R33] follows later typing in the old document', () => {
    const { server, final, replicas } = epoch('', 1)
    const [device] = replicas
    if (!device) throw new RangeError('One replica')
    const next = nextOf(server)
    for (const letter of 'typed while moving') {
      device.note(note).insert(device.note(note).length, letter)
      carryOver(device.doc, final, next)
    }
    device.note(note).delete(0, 6)
    carryOver(device.doc, final, next)
    expect(text(next)).toBe('while moving')
  })

  test('[R33] goes through several epochs, one after the other', () => {
    const { server, final, replicas } = epoch('base', 1)
    const [device] = replicas
    if (!device) throw new RangeError('One replica')
    device.note(note).insert(4, ' mine')
    device.note(note).delete(0, 1)
    writeQuest(device, 'q1', { ...VISIBLE, title: 'Mine' })
    const second = nextOf(server)
    second.note(note).insert(0, 'theirs ')
    const finals = [final, stateOf(second)]
    const third = nextOf(second)
    third.note(note).insert(third.note(note).length, '!')
    for (let time = 0; time < 2; time += 1) carryOver(device.doc, finals, third)
    expect(text(third)).toBe('theirs ase! mine')
    expect(third.record('quests', 'q1')?.title).toBe('Mine')
  })

  test('[R33] is not doubled in a later epoch if it had already reached the one before', () => {
    const { server, final, replicas } = epoch('base', 1)
    const [device] = replicas
    if (!device) throw new RangeError('One replica')
    device.note(note).insert(4, ' mine')
    const second = nextOf(server)
    carryOver(device.doc, final, second)
    device.note(note).insert(9, ' too')
    const finals = [final, stateOf(second)]
    const third = nextOf(second)
    carryOver(device.doc, finals, third)
    expect(text(third)).toBe('base mine too')
  })

  test('[R33] is not carried into an epoch that began with something else', () => {
    const { server, final } = epoch('base', 0)
    const other = nextOf(epoch('other text', 0).server)
    const [carry, wrongWay] = [prepareCarry([final]), prepareCarry([final, stateOf(other)])]
    expect([carry?.isStartOf(nextOf(server).doc), carry?.isStartOf(other.doc), carry?.isStartOf(new Y.Doc())]).toEqual([
      true,
      false,
      false,
    ])
    expect(wrongWay).toBeNull()
  })
})

describe('where the final state is lost', () => {
  test('[R33] a note that is already shown is left alone, and others get only what was never acknowledged, once', () => {
    const { server, replicas } = epoch('base', 1)
    const [device] = replicas
    if (!device) throw new RangeError('One replica')
    const isSent = (client: number) => client === server.doc.clientID
    device.note(note).insert(4, ' mine')
    device.note('q2' as QuestId).insert(0, 'only here')
    const next = nextOf(server)
    next.note(note).insert(0, 'theirs ')
    for (let time = 0; time < 2; time += 1) next.mergeFrom(device.doc, carriedAsText(isSent))
    expect([text(next), next.note('q2' as QuestId).toString()]).toEqual(['theirs base\n mine', 'only here'])
    const reader = openTestDocument({ state: stateOf(server) })
    expect(next.mergeFrom(reader.doc, carriedAsText(isSent)).notes).toBe(0)
  })
})
