import { afterEach, describe, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { ContentDigest } from '../../store/content-digest.ts'
import type { Socket } from '../ports/socket.ts'
import { type FakeTime, fakeTime } from '../testing/fake-time.ts'
import { createSavedTracker } from './saved-tracker.ts'
import { openSyncSession, type SessionEnd } from './sync-session.ts'

/** A socket whose other end is the test: it shows what was sent and says what it is told to. */
class ScriptedSocket implements Socket {
  static last: ScriptedSocket
  binaryType = ''
  readyState = 1
  onopen: ((event: never) => void) | null = null
  onmessage: ((event: { readonly data: unknown }) => void) | null = null
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null
  onerror: ((event: never) => void) | null = null
  readonly sent: Uint8Array[] = []
  isClosed = false

  constructor() {
    ScriptedSocket.last = this
  }
  send(frame: Uint8Array): void {
    this.sent.push(frame)
  }
  close(): void {
    this.isClosed = true
  }
  say(...bytes: number[]): void {
    this.onmessage?.({ data: Uint8Array.of(1, NAME.charCodeAt(0), ...bytes).buffer })
  }
  saySync(step: number, payload: Uint8Array): void {
    this.say(SYNC, step, payload.length, ...payload)
  }
  /** Types of the frames sent, without the document's name. */
  types(): (number | undefined)[] {
    return this.sent.map((frame) => frame[2])
  }
}

const NAME = 'd'
const SYNC = 0
const STATELESS = 5
const SYNC_STATUS = 8
const AWARENESS = 1
const CLOSE_TOO_BIG = 1009

let awareness: Awareness

function openSession({ isOpened = true, time = fakeTime() }: { isOpened?: boolean; time?: FakeTime } = {}) {
  const doc = new Y.Doc()
  awareness = new Awareness(doc)
  const ends: SessionEnd[] = []
  const serverOrigin = {}
  const tracker = createSavedTracker(doc, null, (origin) => origin === serverOrigin)
  openSyncSession(
    {
      url: 'ws://quest.example',
      WebSocket: ScriptedSocket,
      documentName: NAME,
      token: 'token',
      doc,
      awareness,
      tracker,
      openDigest: async () => new ContentDigest(doc),
      serverOrigin,
      earlyOrigin: {},
      now: time.now,
      timers: time.timers,
    },
    {
      onAuthenticated: () => undefined,
      onHello: () => undefined,
      onTakenBack: () => undefined,
      onAcknowledged: () => undefined,
      onDifferent: () => undefined,
      onTokenRequest: () => undefined,
      onHeartbeat: () => undefined,
      onEnd: (end) => ends.push(end),
    },
  )
  const socket = ScriptedSocket.last
  if (isOpened) socket.onopen?.(undefined as never)
  return { socket, ends, doc, tracker, time }
}

afterEach(() => awareness.destroy())

describe('a silent server', () => {
  test('is asked for a sign of life, then given up, and the socket closed', () => {
    const { socket, ends, time } = openSession()
    socket.say(STATELESS, 0)
    time.advance(10_000)
    expect(socket.types().filter((type) => type === AWARENESS)).toHaveLength(0)
    time.advance(10_000)
    expect(socket.types().filter((type) => type === AWARENESS)).toHaveLength(1)
    expect(ends).toEqual([])
    time.advance(30_000)
    expect(ends).toEqual([{ kind: 'lost' }])
    expect(socket.isClosed).toBe(true)
    expect(time.pending()).toEqual([])
  })

  test('that answers is kept', () => {
    const { socket, ends, time } = openSession()
    for (let round = 0; round < 20; round += 1) {
      socket.say(3)
      time.advance(20_000)
    }
    expect(ends).toEqual([])
  })
})

describe('what ends a session', () => {
  test.each([
    ['that neither opens nor fails', false],
    ['on which nothing answers the token', true],
  ])('a socket %s is given up, and closed', (_what, isOpened) => {
    const { socket, ends, time } = openSession({ isOpened })
    time.advance(19_000)
    expect(ends).toEqual([])
    time.advance(1_000)
    expect([ends, socket.isClosed, time.pending()]).toEqual([[{ kind: 'lost' }], true, []])
  })

  test('a change answered as not applied is a refusal of the role', () => {
    const { socket, ends } = openSession()
    socket.say(SYNC_STATUS, 0)
    expect(ends).toEqual([{ kind: 'closed', close: { kind: 'refused', reason: 'role' } }])
  })

  test('a frame too large for the socket is a refusal, not a loss to be tried again', () => {
    const { socket, ends } = openSession()
    socket.onclose?.({ code: CLOSE_TOO_BIG, reason: '' })
    expect(ends).toEqual([{ kind: 'closed', close: { kind: 'refused', reason: 'too-large' } }])
  })

  test('a socket closed with a refusal is that refusal', () => {
    const { socket, ends } = openSession()
    socket.onclose?.({ code: 4401, reason: 'refused:signed-out' })
    expect(ends).toEqual([{ kind: 'closed', close: { kind: 'refused', reason: 'signed-out' } }])
  })

  test.each([
    ['an acknowledgement of nothing', [SYNC_STATUS, 1]],
    ['a frame that ends early', [SYNC_STATUS]],
  ])('%s is a loss: what it means cannot be known', (_what, bytes) => {
    const { socket, ends } = openSession()
    socket.say(...bytes)
    expect(ends).toEqual([{ kind: 'lost' }])
  })

  test('nothing said or written afterwards has any effect', () => {
    const { socket, ends, doc } = openSession()
    const handler = socket.onmessage
    socket.say(SYNC_STATUS, 0)
    const frames = socket.sent.length
    doc.getArray('quests').push([1])
    awareness.setLocalState({ name: 'me' })
    expect(handler).not.toBeNull()
    expect(socket.onmessage).toBeNull()
    expect(socket.sent).toHaveLength(frames)
    expect(ends).toHaveLength(1)
  })

  test('frames of other documents and of unknown types are passed over', () => {
    const { socket, ends } = openSession()
    socket.say(99)
    socket.onmessage?.({ data: Uint8Array.of(1, 120, SYNC_STATUS, 0).buffer })
    expect(ends).toEqual([])
  })
})

test('an edit shown before the handshake brings what it builds on is asked about once more, and saved in the end', () => {
  const other = new Y.Doc()
  const updates: Uint8Array[] = []
  other.on('update', (update: Uint8Array) => updates.push(update))
  for (const value of [1, 2]) other.getArray('quests').push([value])
  const { socket, tracker } = openSession()
  const handshakes = () => socket.sent.filter((frame) => frame[2] === SYNC && frame[3] === 0).length
  const answerHandshake = () => {
    socket.saySync(0, Y.encodeStateVector(other))
    socket.saySync(1, Y.encodeStateAsUpdate(other))
    socket.say(SYNC_STATUS, 1)
  }
  socket.saySync(1, updates[1] ?? new Uint8Array())
  answerHandshake()
  // It may have been this device's own that waited.
  expect([tracker.unsavedChanges(), handshakes()]).toEqual([1, 2])
  answerHandshake()
  expect([tracker.unsavedChanges(), handshakes()]).toEqual([0, 2])
})
