import type { SessionResponse } from '@questlog/shared/protocol/auth'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { carriedMarks, keepMarks } from './known-devices/carried-marks.ts'
import type { DeviceMarks } from './known-devices/device-marks.ts'
import type { RefreshCookie } from './refresh-cookie.ts'
import type { Session } from './sign-in.ts'

/** What the answer to a sign-in needs. */
export interface SessionDeps {
  readonly cookie: RefreshCookie
  readonly deviceMarks: DeviceMarks
}

/** The answer that signs a device in: a browser gets its refresh token as a cookie no script can read. */
export function answerSession(
  deps: SessionDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session,
): SessionResponse {
  void reply.header('cache-control', 'no-store')
  const { user, accessToken, expiresIn, refreshToken } = session
  if (session.client === 'native') {
    return { user, accessToken, expiresIn, refreshToken, deviceToken: marksOf(deps, request, session) }
  }
  keepSession(deps, request, reply, session)
  return { user, accessToken, expiresIn }
}

/** Makes a browser keep its session, and that it signed in. */
export function keepSession(deps: SessionDeps, request: FastifyRequest, reply: FastifyReply, session: Session): void {
  deps.cookie.write(request, reply, session.refreshToken)
  keepMarks(reply, marksOf(deps, request, session), deps.cookie.isSecure(request))
}

function marksOf({ deviceMarks }: SessionDeps, request: FastifyRequest, { user, familyId }: Session): string {
  return deviceMarks.add(carriedMarks(request), user.email, familyId)
}
