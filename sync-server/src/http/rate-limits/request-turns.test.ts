import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import type { Caller } from '../../access/access-rule.ts'
import { createRequestTurns } from './request-turns.ts'

let app: FastifyInstance
afterEach(async () => {
  app.server.closeAllConnections()
  await app.close()
})

/** A server whose requests of the person named `hog` are answered when the gate opens. */
async function start() {
  const asked: string[] = []
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const turns = createRequestTurns({
    work: { take: () => true, spend: () => undefined },
    anonymousKey: (request) => request.ip,
  })
  app = fastify()
  app.addHook('onRequest', (request, reply) =>
    turns.enter(request, reply, { userId: String(request.headers['x-person']) } satisfies Partial<Caller> as Caller),
  )
  app.get('/', async (request) => {
    const person = String(request.headers['x-person'])
    asked.push(person)
    if (person === 'hog') await gate
    return person
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`
  const ask = (person: string, signal: AbortSignal | null = null) =>
    fetch(url, { headers: { 'x-person': person }, signal })
  return { asked, open, ask }
}

test("four of one person's requests are worked on at a time; another's overtake what waits", async () => {
  const { asked, open, ask } = await start()
  const flood = Array.from({ length: 20 }, () => ask('hog'))
  while (asked.length < 4) await new Promise((resolve) => setImmediate(resolve))
  for (let n = 0; n < 5; n++) expect(await (await ask('ann')).text()).toBe('ann')
  expect(asked.filter((person) => person === 'hog')).toHaveLength(4)
  open()
  for (const answer of await Promise.all(flood)) expect(answer.status).toBe(200)
  expect(asked.filter((person) => person === 'hog')).toHaveLength(20)
})

test('a request whose sender went away makes room for the next', async () => {
  const { asked, ask } = await start()
  const gone = new AbortController()
  const left = Array.from({ length: 4 }, () => ask('hog', gone.signal).catch(() => 'left'))
  while (asked.length < 4) await new Promise((resolve) => setImmediate(resolve))
  const next = ask('hog').catch(() => 'closed')
  gone.abort()
  expect(await Promise.all(left)).toEqual(['left', 'left', 'left', 'left'])
  while (asked.length < 5) await new Promise((resolve) => setImmediate(resolve))
  app.server.closeAllConnections()
  await next
})
