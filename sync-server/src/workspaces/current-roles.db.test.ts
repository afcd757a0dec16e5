import { afterAll, beforeAll, expect, test } from 'vitest'
import { openQueries } from '../db/tables.ts'
import { joinParty, makeParty, makePerson } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { currentRoles } from './authorize.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

test('roles are read for everybody at once, in the order asked, and guests and disabled accounts have none', async () => {
  const owner = await makePerson(server, 'Olga')
  const [guest, disabled, stranger] = [
    await makePerson(server, 'Gus'),
    await makePerson(server, 'Dora'),
    await makePerson(server, 'Stan'),
  ]
  const { id, document } = await makeParty(owner)
  await joinParty(owner, id, guest, 'guest')
  await joinParty(owner, id, disabled, 'admin')
  await server.database.pool.query('update users set disabled_at = now() where id = $1', [disabled.id])
  const asked = [
    [stranger, document],
    [owner, document],
    [guest, document],
    [disabled, document],
    [owner, `u:${owner.id}:1`],
    [owner, `u:${guest.id}:1`],
    [disabled, `u:${disabled.id}:1`],
    [owner, 'no document'],
  ] as const
  const opened = asked.map(([{ id: userId }, documentName]) => ({ userId, documentName }))
  const none = undefined
  expect(await currentRoles(openQueries(server.database.pool), opened)).toEqual([
    none,
    'owner',
    none,
    none,
    'owner',
    none,
    none,
    none,
  ])
})

test('an account that is disabled is signed out at once, even on a device that signs in at that moment', async () => {
  const person = await makePerson(server, 'Dora')
  await server.database.pool.query('update users set disabled_at = now() where id = $1', [person.id])
  expect(await person.ask('GET', '/workspaces')).toEqual([401, 'signed-out'])
})
