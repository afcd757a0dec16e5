import type { FastifyInstance } from 'fastify'

/** `/api/workspaces` is answered with 308 to `/api/v1/workspaces`; 308 keeps the method and the body. */
export function redirectUnversioned(app: FastifyInstance): void {
  app.all('/api/*', (request, reply) => {
    const rest = request.raw.url?.slice('/api/'.length) ?? ''
    if (/^v\d+(\/|\?|$)/.test(rest)) return reply.callNotFound()
    return reply.redirect(`/api/v1/${rest}`, 308)
  })
}
