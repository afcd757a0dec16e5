import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createFetchFinal } from './final-states.ts'

const NAME = 'w:01K00000000000000000000000:3'
const update = (() => {
  const doc = new Y.Doc()
  doc.getText('note:q1').insert(0, 'final')
  return Y.encodeStateAsUpdate(doc)
})()

let asked: string[] = []
let answer: (token: string) => { readonly status: number; readonly body?: Uint8Array | string }
const server = createServer((request, response) => {
  const token = String(request.headers.authorization)
  asked.push(`${request.method} ${request.url} ${token}`)
  const { status, body } = answer(token)
  response.writeHead(status).end(body)
})
let baseUrl = ''

beforeEach(async () => {
  asked = []
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

const ask = (tokens: readonly (string | null)[] = ['t1', 't2']) => {
  const left = [...tokens]
  return createFetchFinal({ fetch, baseUrl, accessToken: async () => left.shift() ?? null })(NAME)
}

test('a final state is the update that the server tells', async () => {
  answer = () => ({ status: 200, body: update })
  expect(await ask()).toEqual(update)
  expect(asked).toEqual(['GET /api/v1/workspaces/01K00000000000000000000000/epochs/3/final Bearer t1'])
})

test('one that the server no longer keeps is null', async () => {
  answer = () => ({ status: 404 })
  expect(await ask()).toBeNull()
})

test('a token that is refused is renewed once', async () => {
  answer = (token) => (token === 'Bearer t2' ? { status: 200, body: update } : { status: 401 })
  expect(await ask()).toEqual(update)
  await expect(ask(['t1', 't1'])).rejects.toThrow('401')
})

test.each([
  ['a server that is away', () => ({ status: 503 })],
  [
    'a page of somebody in between',
    () => ({ status: 200, body: '<!doctype html><title>Log in to the network</title>' }),
  ],
])('%s is no answer: it is asked again later', async (_, given) => {
  answer = given
  await expect(ask()).rejects.toThrow('The server has not told the final state')
})

test('without a sign-in there is no answer either', async () => {
  await expect(ask([null])).rejects.toThrow('nobody is signed in')
})
