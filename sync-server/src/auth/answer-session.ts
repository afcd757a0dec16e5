import type { SessionResponse } from '@questlog/shared/protocol/auth'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RefreshCookie } from './refresh-cookie.ts'
import type { Session } from './sign-in.ts'

/** The answer that signs a device in: a browser gets its refresh token as a cookie no script can read. */
export function answerSession(
  cookie: RefreshCookie,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session,
): SessionResponse {
  void reply.header('cache-control', 'no-store')
  const { user, accessToken, expiresIn, refreshToken } = session
  if (session.client === 'native') return { user, accessToken, expiresIn, refreshToken }
  cookie.write(request, reply, refreshToken)
  return { user, accessToken, expiresIn }
}
