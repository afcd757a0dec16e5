import type { IncomingMessage } from 'node:http'
import proxyAddress from '@fastify/proxy-addr'
import { householdOf } from './address-key.ts'

/** Which proxies' word on addresses is trusted, as Fastify takes it. */
export type ProxyTrust = boolean | string | ((address: string, hop: number) => boolean)

/** `TRUST_PROXY` as Fastify takes it: a number trusts that many proxies next to this server, nothing trusts none. */
export function proxyTrust(trust: boolean | number | string | undefined): ProxyTrust {
  return typeof trust === 'number' ? (_address, hop) => hop < trust : (trust ?? false)
}

/**
 * Reads whose socket an upgraded request is, by the same rule as for requests: the address behind the trusted proxies.
 */
export function createSocketAddress(trust: ProxyTrust): (request: IncomingMessage) => string {
  const isTrusted =
    typeof trust === 'string'
      ? proxyAddress.compile(trust.split(',').map((part) => part.trim()))
      : typeof trust === 'boolean'
        ? () => trust
        : trust
  return (request) => householdOf(proxyAddress(request, isTrusted))
}
