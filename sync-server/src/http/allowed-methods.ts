import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './answer-problems.ts'

/** Answers a request whose path is one of the API's and whose method is none of the path's; false where it is not so. */
export type RefuseMethod = (request: FastifyRequest, reply: FastifyReply) => boolean

/** Notes the methods of every route under the API that is registered after it. */
export function noteAllowedMethods(app: FastifyInstance): RefuseMethod {
  const routes = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    if (!url.startsWith('/api/v1/')) return
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() }
    routes.set(url, route)
    for (const one of [method].flat()) route.methods.add(one)
  })
  return (request, reply) => {
    const [path = ''] = request.url.split('?', 1)
    const matching = [...routes.values()].filter(({ pattern }) => pattern.test(path))
    const allowed = new Set(matching.flatMap(({ methods }) => [...methods]))
    // A path that the router did not take for another reason, such as its length, is absent for every method.
    if (allowed.size === 0 || allowed.has(request.method)) return false
    sendProblem(request, reply.header('allow', [...allowed].sort().join(', ')), 'method-not-allowed')
    return true
  }
}

function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`)
}
