import type { FastifyRequest } from 'fastify'
import { HttpProblem } from '../http/http-problem.ts'
import type { AccessClaims } from './access-tokens.ts'
import type { Authenticate } from './authenticate.ts'

/** Who sends a request, by its `Authorization: Bearer` header; refuses it as `signed-out` otherwise. */
export async function requireUser(authenticate: Authenticate, request: FastifyRequest): Promise<AccessClaims> {
  const token = bearerToken(request)
  const principal = token === undefined ? undefined : await authenticate(token)
  if (principal?.ok !== true) throw new HttpProblem('signed-out')
  return principal.value
}

/** The token of the `Authorization` header, if there is one. */
export function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w.-]+)$/i.exec(request.headers.authorization ?? '')?.[1]
}
