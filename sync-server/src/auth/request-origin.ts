import { isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../access/access-rule.ts'
import { type EventOrigin, originOf } from '../audit/security-events.ts'
import { addressKey } from '../http/address-key.ts'
import { type MailLocale, mailLocale } from '../mail/letters/mail-locale.ts'
import { carriedMarks } from './known-devices/carried-marks.ts'

/** What is remembered of a device that signs in. */
export interface SignInDevice {
  /** What it calls itself. */
  readonly name: string | null
  /** What its browser says it is: `Firefox on Linux`. */
  readonly userAgent: string | null
  /** The network it comes from, /24 or /48; never the whole address. */
  readonly network: string | null
}

/** Where a request about an account comes from. */
export interface RequestOrigin {
  /** Whom attempts count against; for IPv6 the /64. */
  readonly address: string
  /** What tells the device from strangers; see `DeviceMarks`. */
  readonly marks: string
  readonly device: SignInDevice
  readonly event: EventOrigin
  /** The language its answer by mail is written in. */
  readonly locale: MailLocale
}

/** Reads the origin of a request; the body may name the device. */
export function requestOrigin(request: FastifyRequest, caller: Caller | null, deviceName?: string): RequestOrigin {
  const userAgent = request.headers['user-agent']
  return {
    address: addressKey(request),
    marks: carriedMarks(request),
    device: {
      name: deviceName ?? null,
      userAgent: userAgent === undefined ? null : describeUserAgent(userAgent),
      network: networkOf(request.ip),
    },
    event: originOf(request, caller),
    locale: mailLocale(request.headers['accept-language']),
  }
}

// The first that matches wins: most browsers also claim to be the ones they descend from.
const browsers = [
  ['Edge', /\bEdgA?\/|\bEdgiOS\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\bFirefox\/|\bFxiOS\//],
  ['Chrome', /\bChrome\/|\bCriOS\//],
  ['Safari', /\bSafari\//],
] as const

const systems = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(iPhone|iPad|iPod)\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const

const MAX_PRODUCT_CHARACTERS = 60

/** A browser and its system in words; of a program the name it gives itself. Null for what says nothing. */
export function describeUserAgent(header: string): string | null {
  const browser = browsers.find(([, pattern]) => pattern.test(header))?.[0]
  const system = systems.find(([, pattern]) => pattern.test(header))?.[0]
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`
  const product = /^[\w.+-]+(\/[\w.+-]+)?/.exec(header)?.[0]
  return product === undefined ? (system ?? null) : product.slice(0, MAX_PRODUCT_CHARACTERS)
}

/** The network of an address: /24 for IPv4, /48 for IPv6. */
export function networkOf(address: string): string | null {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  const v4 = /^(\d+\.\d+\.\d+)\.\d+$/.exec(plain)?.[1]
  if (v4 !== undefined) return `${v4}.0/24`
  if (!isIPv6(plain)) return null
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  const known = tail === undefined ? groups : [...groups, '0', '0', '0']
  return `${known.slice(0, 3).join(':')}::/48`
}
