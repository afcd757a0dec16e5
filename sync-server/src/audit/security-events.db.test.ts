import { ulid } from 'ulidx'
import { expect, test } from 'vitest'
import { openQueries } from '../db/tables.ts'
import { useDatabase } from '../testing/use-database.ts'
import { recordSecurityEvent, sweepSecurityEvents } from './security-events.ts'

const NOWHERE = { actorId: null, sessionId: null, address: null, requestId: null }

const database = useDatabase('file')

test('an event is kept with what it tells of, or not at all', async () => {
  const db = openQueries(database.pool)
  const undone = db.transaction().execute(async (transaction) => {
    await recordSecurityEvent(transaction, { kind: 'role-changed', at: 1, origin: NOWHERE, userId: null })
    throw new Error('changed my mind')
  })
  await expect(undone).rejects.toThrow('changed my mind')
  expect(await db.selectFrom('security_events').select('id').execute()).toEqual([])
})

test('events are removed when they are as old as they are kept, and not before', async () => {
  const db = openQueries(database.pool)
  for (const at of [1_000, 2_000]) {
    const event = { kind: 'sign-in-failed', at, origin: NOWHERE, userId: null, workspaceId: ulid() } as const
    await recordSecurityEvent(db, event)
  }
  await sweepSecurityEvents({ db, now: () => 12_000, keepMs: 10_000 })
  const left = await db.selectFrom('security_events').select('at').execute()
  expect(left.map(({ at }) => at.getTime())).toEqual([2_000])
})
