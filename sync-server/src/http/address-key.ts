import { isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** Whom a request counts against: see `householdOf`. */
export function addressKey(request: FastifyRequest): string {
  return householdOf(request.ip)
}

/**
 * An address, or for IPv6 the /64 of a household. Connections that are already gone have none, and all of them share
 * one key.
 */
export function householdOf(ip: string | undefined): string {
  const address = (ip ?? '').replace(/^::ffff:(?=\d+\.)/, '')
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0')
  return `${[...groups, ...zeros, ...rest].slice(0, 4).join(':')}::/64`
}
