import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createPostgresLog } from '../log/postgres-log.ts'
import { type RawRun, type RawStruct, rawUpdate } from './testing/hostile-updates.ts'
import { longestTurn } from './testing/longest-turn.ts'
import { newDocumentName } from './testing/start-sync.ts'
import { useSync } from './testing/use-sync.ts'

/** What another document's edit may have to wait for, of processor time. */
const MOST_MS = 100

const { database, server } = useSync('file')

const text = (value: string, at: Omit<RawStruct, 'content'>): RawStruct => ({
  content: { kind: 'text', text: value },
  ...at,
})
const entries = (values: readonly unknown[], at: Omit<RawStruct, 'content'>): RawStruct => ({
  content: { kind: 'entries', values },
  ...at,
})
const some = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, n) => make(n))
const run = (client: number, structs: readonly RawStruct[]): RawRun => ({ client, clock: 0, structs })
const entry = (n: number, stamp = 1024) => [`q${n}`, stamp, { a: 1 }]

/** The document the frames go to holds this many entries of client 5, and its first 20,000 are deleted by some frames. */
const HELD = 100_000
const held = () => {
  const doc = new Y.Doc()
  doc.clientID = 5
  for (let start = 0; start < HELD; start += 1_000) doc.getArray('quests').push(some(1_000, (n) => entry(start + n)))
  return Y.encodeStateAsUpdate(doc)
}

/** Frames of the costliest kinds, each in a size that is taken whole and in one that is not. */
const frames: Record<string, (units: number) => Uint8Array> = {
  'one-letter notes': (units) =>
    rawUpdate([
      run(
        1,
        some(units, (n) => text('a', { root: `note:${n}` })),
      ),
    ]),
  'a note typed backwards': (units) =>
    rawUpdate([
      run(
        1,
        some(units, (n) => text('a', n === 0 ? { root: 'note:a' } : { rightOrigin: [1, n - 1] })),
      ),
    ]),
  'entries, each a struct': (units) =>
    rawUpdate([
      run(
        1,
        some(units, (n) => entries([entry(n)], n === 0 ? { root: 'tags' } : { rightOrigin: [1, n - 1] })),
      ),
    ]),
  'entries in one struct': (units) => rawUpdate([run(1, [entries(some(units, entry), { root: 'tags' })])]),
  'deletions of every second entry, overridden by nothing': (units) =>
    rawUpdate(
      [],
      some(units, (n) => [5, n * 2, 1]),
    ),
  'every second entry overridden': (units) =>
    rawUpdate(
      [
        run(7, [
          entries(
            some(units, (n) => entry(n * 2, 2048)),
            { origin: [5, HELD - 1] },
          ),
        ]),
      ],
      some(units, (n) => [5, n * 2, 1]),
    ),
  'as many clients': (units) => rawUpdate(some(units, (n) => run(n + 10, [text('a', { root: `note:${n}` })]))),
  'branches at the front of a long list': (units) =>
    rawUpdate(some(Math.min(units, 900), (n) => run(n + 10, [entries([entry(n)], { origin: [5, HELD - 1 - n] })]))),
  'clients at one place, each waiting for the one before': (units) =>
    rawUpdate([
      run(1, [entries([entry(0)], { root: 'tags' })]),
      ...some(units, (n) =>
        run(n + 10, [
          entries([entry(1)], { origin: n === 0 ? [1, 0] : [n + 9, 1] }),
          entries([entry(2)], { origin: [1, 0] }),
        ]),
      ),
    ]),
}

for (const [what, frame] of Object.entries(frames)) {
  for (const units of [4_000, 40_000]) {
    test(`${units} ${what}: nobody waits longer than ${MOST_MS} ms of processor time`, {
      timeout: 300_000,
    }, async () => {
      const document = newDocumentName()
      const log = createPostgresLog(database.pool)
      await log.commitBatch([{ document, bytes: held(), userId: 'ann', clientId: 5, claims: [5] }])
      const update = frame(units)
      const device = server.device(document)
      device.answersHandshake = false
      const reader = server.device(newDocumentName())
      await reader.sync('ben')
      await device.opened()
      device.authenticate('ann')
      await device.until(() => device.isAuthenticated)
      const turn = await longestTurn(async () => {
        device.sendUpdate(update)
        await device.until(() => device.statuses.length + device.closes.length > 0 || device.closeCode !== null)
      })
      console.log(
        JSON.stringify({
          what,
          units,
          bytes: update.length,
          turn: Math.round(turn),
          answer: device.closes[0] ?? device.closeCode ?? 'taken',
        }),
      )
      expect(turn).toBeLessThan(MOST_MS)
    })
  }
}
