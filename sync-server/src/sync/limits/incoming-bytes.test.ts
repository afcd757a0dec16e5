import { expect, test } from 'vitest'
import { createIncomingBytes } from './incoming-bytes.ts'

const limits = { unauthenticatedBytes: 100, userIncomingBytes: 1_000, totalIncomingBytes: 3_000 }

function open() {
  const incoming = createIncomingBytes(limits)
  const dropped: string[] = []
  const line = (name: string, person?: string) => {
    const opened = incoming.open(() => dropped.push(name))
    if (person !== undefined) opened.belongsTo(person)
    return opened
  }
  return { incoming, dropped, line }
}

test('a stranger may have little waiting, and what was dealt with counts no more', () => {
  const { incoming, dropped, line } = open()
  const stranger = line('stranger')
  stranger.count(100)
  stranger.count(-60)
  stranger.count(60)
  expect(dropped).toEqual([])
  stranger.count(1)
  expect([dropped, incoming.waitingBytes]).toEqual([['stranger'], 0])
  stranger.count(500)
  expect(incoming.waitingBytes).toBe(0)
})

test('all sockets of a person count together, also what they brought as a stranger', () => {
  const { incoming, dropped, line } = open()
  const first = line('first')
  first.count(90)
  first.belongsTo('ann')
  first.count(810)
  const second = line('second', 'ann')
  second.count(100)
  line('other', 'ben').count(1_000)
  expect(dropped).toEqual([])
  second.count(1)
  expect([dropped, incoming.waitingBytes]).toEqual([['second'], 1_900])
  first.count(100)
  expect(dropped).toEqual(['second'])
  first.close()
  expect(incoming.waitingBytes).toBe(1_000)
})

test('of too much from everybody the one with the most gives way', () => {
  const { dropped, line } = open()
  line('most', 'ann').count(1_000)
  for (const person of ['ben', 'cid', 'dan']) line(person, person).count(600)
  expect(dropped).toEqual([])
  line('last', 'eve').count(201)
  expect(dropped).toEqual(['most'])
})
