import { relationSchema } from '@questlog/shared/protocol/records'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Person, registerPerson } from '../records/testing/person.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
let ana: Person
let a: string
let b: string
let c: string
beforeAll(async () => {
  server = await startTestServer()
  ana = await registerPerson(server)
  for (const id of ['a', 'b', 'c']) await ana.makeQuest({ id, title: id })
  ;[a, b, c] = ['a', 'b', 'c']
})
afterAll(() => server.stop())

const relate = (kind: string, from: string, to: string) =>
  ana.ask(relationSchema, 'POST', '/relations', { kind, from, to })
const list = async (query = '') =>
  (await ana.ask(z.object({ items: z.array(relationSchema) }), 'GET', `/relations?${query}`)).items.map(({ id }) => id)

test('[R18][R19][R21] quests block each other until that closes a circle, which is named', async () => {
  expect(await relate('blocks', a, b)).toMatchObject({ id: 'blocks.a.b', kind: 'blocks', from: a, to: b })
  await relate('blocks', b, c)
  expect((await ana.quest(b)).blocked).toBe(true)
  expect(await ana.refusal('POST', '/relations', { kind: 'blocks', from: c, to: a })).toEqual({
    code: 'cycle',
    cycle: [c, a, b, c],
  })
  expect(await list()).toEqual(['blocks.a.b', 'blocks.b.c'])
  await ana.call('POST', `/quests/${a}/complete`)
  expect((await ana.quest(b)).blocked).toBe(false)
})

test('[R18] what holds both ways is one relation from either end, found from both', async () => {
  const first = await relate('relates', c, a)
  expect(first).toMatchObject({ id: 'relates.a.c', from: a, to: c })
  expect(await relate('relates', a, c)).toEqual(first)
  expect([await list(`quest=${c}&kind=relates`), await list(`quest=${a}&kind=relates`)]).toEqual([
    [first.id],
    [first.id],
  ])
  expect((await ana.call('DELETE', `/relations/${first.id}`)).status).toBe(204)
  expect(await list('kind=relates')).toEqual([])
  expect(await ana.refusal('DELETE', `/relations/${first.id}`)).toEqual({ code: 'not-found' })
})

test('a relation needs two quests of one workspace that are not in the Trash', async () => {
  const missing = await ana.refusal('POST', '/relations', { kind: 'relates', from: a, to: 'gone' })
  expect(missing).toMatchObject({ code: 'invalid-request', errors: [{ path: 'to' }] })
  expect(await ana.refusal('POST', '/relations', { kind: 'relates', from: 'gone', to: a })).toEqual({
    code: 'not-found',
  })
  expect(await ana.refusal('POST', '/relations', { kind: 'relates', from: a, to: a })).toMatchObject({
    errors: [{ path: 'to', message: 'is none of the options' }],
  })
  await ana.makeQuest({ id: 'trashed', title: 'x' })
  await ana.call('DELETE', '/quests/trashed')
  expect(await ana.refusal('POST', '/relations', { kind: 'relates', from: a, to: 'trashed' })).toEqual({
    code: 'trashed',
  })
})
