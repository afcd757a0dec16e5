import type { FastifyReply, FastifyRequest } from 'fastify'
import { addressKey } from '../../http/address-key.ts'
import type { DeviceMarks } from './device-marks.ts'

const COOKIE = 'questlog_device'
const SECURE_COOKIE = `__Host-${COOKIE}`
/** How programs without cookies send their marks. */
const HEADER = 'questlog-device'
const LIFE_SECONDS = 180 * 24 * 60 * 60

/** The marks that a request's device carries; empty for none. They are signed, so it does not matter how they came. */
export function carriedMarks(request: FastifyRequest): string {
  const header = request.headers[HEADER]
  const marks = typeof header === 'string' ? header : (request.cookies[SECURE_COOKIE] ?? request.cookies[COOKIE])
  return marks ?? ''
}

/** Makes a browser keep its marks, out of reach of scripts and other sites. */
export function keepMarks(reply: FastifyReply, marks: string, isSecure: boolean): void {
  void reply.setCookie(isSecure ? SECURE_COOKIE : COOKIE, marks, {
    path: isSecure ? '/' : '/api/v1/auth',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
    maxAge: LIFE_SECONDS,
  })
}

/** Whom a request without a sign-in counts against: the account that knows the device, else the address. */
export function anonymousKey(marks: DeviceMarks): (request: FastifyRequest) => string {
  return (request) => {
    const account = marks.accountOf(carriedMarks(request))
    return account === null ? addressKey(request) : `devices of ${account}`
  }
}
