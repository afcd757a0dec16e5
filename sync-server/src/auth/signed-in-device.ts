import type { FastifyRequest } from 'fastify'

/** Who asks on which device, on routes for sessions only; an API key there is a bug and throws. */
export function signedInDevice(request: FastifyRequest): { readonly userId: string; readonly familyId: string } {
  const { userId, session } = request.caller
  if (session === null) throw new Error('the route lets API keys in')
  return { userId, familyId: session.familyId }
}
