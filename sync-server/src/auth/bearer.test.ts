import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { bearerToken } from './bearer.ts'

const token = (authorization?: string) => bearerToken({ headers: { authorization } } as FastifyRequest)

test('a token is taken from a Bearer header in any spelling of the scheme', () => {
  expect(['Bearer a.b-c_D', 'bearer x', 'BEARER x'].map(token)).toEqual(['a.b-c_D', 'x', 'x'])
})

test('nothing else is a token', () => {
  const headers = [
    undefined,
    '',
    'Basic YTpi',
    'Token x',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer a,b',
    'x Bearer a',
  ]
  expect(headers.map(token)).toEqual(headers.map(() => undefined))
})
