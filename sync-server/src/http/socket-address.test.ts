import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { createSocketAddress } from './socket-address.ts'

const request = (remoteAddress: string | undefined, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage

test('a socket counts for its address, and behind a trusted proxy for the one that the proxy names', () => {
  expect(createSocketAddress(false)(request('192.0.2.7', '198.51.100.9'))).toBe('192.0.2.7')
  expect(createSocketAddress('192.0.2.7')(request('192.0.2.7', '198.51.100.9'))).toBe('198.51.100.9')
  expect(createSocketAddress('10.0.0.1')(request('192.0.2.7', '198.51.100.9'))).toBe('192.0.2.7')
})

test('a socket whose client is gone before it is upgraded has no address, and ends nothing but itself', () => {
  for (const trust of [false, true, '192.0.2.7', () => true]) {
    expect(createSocketAddress(trust)(request(undefined))).toBe('')
  }
})
