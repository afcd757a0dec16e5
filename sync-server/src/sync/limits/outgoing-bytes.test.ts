import { expect, test } from 'vitest'
import { createOutgoingBytes, type OutgoingLimits, type OutgoingLine } from './outgoing-bytes.ts'

const limits: OutgoingLimits = {
  maxBufferedBytes: 10_000,
  userBufferedBytes: 100_000,
  totalBufferedBytes: 300_000,
  stalledReaderMs: 1_000,
}
let nowMs = 0

interface Reader {
  readonly line: OutgoingLine
  readonly socket: { bufferedAmount: number }
  isDropped: boolean
  send(length: number): void
  read(length: number): void
}

function open(given: Partial<OutgoingLimits> = {}) {
  nowMs = 0
  const outgoing = createOutgoingBytes({ limits: { ...limits, ...given }, monotonicMs: () => nowMs })
  const reader = (person: string): Reader => {
    const socket = { bufferedAmount: 0 }
    const line = outgoing.open(socket, () => {
      made.isDropped = true
    })
    line.belongsTo(person)
    const made: Reader = {
      line,
      socket,
      isDropped: false,
      send(length) {
        if (line.admit(length)) socket.bufferedAmount += length
      },
      read(length) {
        socket.bufferedAmount = Math.max(0, socket.bufferedAmount - length)
        line.look()
      },
    }
    return made
  }
  return { outgoing, reader }
}

test('one large answer may wait whole, and a little beside it; more drops the reader', () => {
  const ann = open().reader('ann')
  ann.send(90_000)
  ann.send(9_000)
  expect(ann.isDropped).toBe(false)
  ann.send(9_000)
  ann.send(100)
  expect(ann.isDropped).toBe(true)
})

test('a slow line gets its large answer as long as it takes something, one that takes nothing is dropped', () => {
  const { reader } = open()
  const [slow, still] = [reader('ann'), reader('ben')]
  for (const each of [slow, still]) each.send(90_000)
  for (let second = 0; second < 60; second++) {
    nowMs += 900
    slow.read(1_000)
    still.line.look()
  }
  expect([slow.isDropped, still.isDropped]).toEqual([false, true])
})

test('the answers of one person wait for each other, those of others do not', async () => {
  const { reader } = open()
  const sockets = [reader('hog'), reader('hog'), reader('hog')]
  for (const each of sockets.slice(0, 2)) each.send(60_000)
  let isReady = false
  const waiting = sockets[2]?.line.ready()
  void Promise.resolve(waiting).then(() => {
    isReady = true
  })
  expect(reader('ann').line.ready()).toBe(true)
  await Promise.resolve()
  expect(isReady).toBe(false)
  sockets[0]?.read(60_000)
  await Promise.resolve()
  expect(isReady).toBe(true)
})

test('what a person lets wait on many sockets is bounded, also where others write it', () => {
  const { outgoing, reader } = open()
  const sockets = Array.from({ length: 60 }, () => reader('hog'))
  for (let n = 0; n < 20; n++) for (const each of sockets) each.send(9_000)
  expect(outgoing.waitingBytes).toBeLessThanOrEqual(2 * limits.userBufferedBytes + 2 * 9_000)
})

test('of all that wait together the one that stands still for longest is dropped first', () => {
  const { outgoing, reader } = open()
  const people = Array.from({ length: 5 }, (_, n) => reader(`person ${n}`))
  for (const each of people) {
    nowMs += 10
    each.send(60_000)
  }
  people[0]?.read(1_000)
  reader('another').send(5_000)
  expect(people.map(({ isDropped }) => isDropped)).toEqual([false, true, false, false, false])
  expect(outgoing.waitingBytes).toBeLessThanOrEqual(limits.totalBufferedBytes)
})

test('who waits to answer goes on when the socket is gone', async () => {
  const ann = open().reader('ann')
  ann.send(90_000)
  const waiting = ann.line.ready()
  expect(waiting).not.toBe(true)
  ann.line.close()
  await waiting
})
