import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { addressKey } from './address-key.ts'

const key = (ip: string) => addressKey({ ip } as FastifyRequest)

test('IPv4 counts by address, also when it is mapped', () => {
  expect([key('192.0.2.7'), key('::ffff:192.0.2.7')]).toEqual(['192.0.2.7', '192.0.2.7'])
})

test('IPv6 counts by the network one household has', () => {
  expect(key('2001:db8:1:2:3:4:5:6')).toBe(key('2001:db8:1:2::9'))
  expect(key('2001:db8:1:2::9')).not.toBe(key('2001:db8:1:3::9'))
  expect([key('::1'), key('2001:db8::')]).toEqual(['0:0:0:0::/64', '2001:db8:0:0::/64'])
})
