import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { Database } from '../db/tables.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { type AccessRule, type Caller, isAdmitted, type Membership } from './access-rule.ts'
import { loadMemberships } from './load-memberships.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends the request; reading it on a route for anyone is a bug and throws. */
    readonly caller: Caller
    /** The caller in the workspace the request names; reading it where none is named is a bug and throws. */
    readonly membership: Membership
    /** The workspaces a workspace rule leaves open: the one named, or all the caller belongs to, personal first. */
    readonly memberships: readonly Membership[]
  }
}

interface Admission {
  readonly rule: AccessRule
  readonly caller: Caller | null
  memberships: readonly Membership[]
  /** Whether the request names its workspace. */
  named: boolean
}

const admissions = new WeakMap<FastifyRequest, Admission>()

export interface AccessDeps {
  readonly db: Database
  /** Who sends a request; null for nobody that is known. */
  readonly whoCalls: (request: FastifyRequest) => Promise<Caller | null>
  readonly rules: Readonly<Record<string, AccessRule>>
  /** Runs once it is known who calls, before anybody is refused; may itself refuse. */
  readonly onCaller: (request: FastifyRequest, reply: FastifyReply, caller: Caller | null) => Promise<void>
}

/**
 * Puts every route under `/api` behind its rule: who calls is known before the body is read, what they are in a
 * workspace after the request was checked. The server does not start with a route without a rule, or the reverse.
 */
export function enforceAccess(app: FastifyInstance, deps: AccessDeps): void {
  const routes = new Set<string>()
  app.decorateRequest('caller', { getter: callerOf })
  app.decorateRequest('membership', { getter: membershipOf })
  app.decorateRequest('memberships', { getter: membershipsOf })

  app.addHook('onRoute', (route) => {
    const keys = ruleKeys(route)
    for (const key of keys) {
      const rule = deps.rules[key]
      if (rule === undefined) throw new Error(`the route ${key} has no access rule`)
      routes.add(key)
    }
    const rule = deps.rules[keys[0] ?? '']
    if (rule === undefined) return
    prepend(route, 'onRequest', (request, reply) => admit(deps, rule, request, reply))
    if (rule.who === 'workspace') prepend(route, 'preHandler', (request) => admitToWorkspace(deps, request))
  })
  app.addHook('onReady', async () => {
    const orphans = Object.keys(deps.rules).filter((key) => !routes.has(key))
    if (orphans.length > 0) throw new Error(`access rules without a route: ${orphans.join(', ')}`)
  })
}

/** The rules a route stands under: one a method; none outside of the API and for the page that describes it. */
export function ruleKeys(route: Pick<RouteOptions, 'method' | 'url'>): readonly string[] {
  const isOpen = route.url === '/api/*' || /^\/api\/docs(\/|$)/.test(route.url)
  if (!route.url.startsWith('/api/') || isOpen) return []
  const methods = Array.isArray(route.method) ? route.method : [route.method]
  return methods.map((method) => `${method === 'HEAD' ? 'GET' : method} ${route.url}`)
}

/**
 * The caller's membership in the workspace of a record that was looked up. Refuses as the rule does: a workspace of
 * others as `not-found`, a role that is too low as `forbidden`.
 */
export function requireMembership(request: FastifyRequest, workspaceId: string): Membership {
  const { rule, memberships } = admissionOf(request)
  const membership = memberships.find((candidate) => candidate.workspaceId === workspaceId)
  if (membership === undefined) throw new HttpProblem('not-found')
  if (rule.who === 'workspace' && !isAdmitted(rule, membership.role)) throw new HttpProblem('forbidden')
  return membership
}

/** Those of the caller's workspaces that the rule lets them into: what a list without a workspace is about. */
export function admittedMemberships(request: FastifyRequest): readonly Membership[] {
  const { rule, memberships } = admissionOf(request)
  return rule.who === 'workspace' ? memberships.filter(({ role }) => isAdmitted(rule, role)) : memberships
}

async function admit(deps: AccessDeps, rule: AccessRule, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const caller = await deps.whoCalls(request)
  admissions.set(request, { rule, caller, memberships: [], named: false })
  await deps.onCaller(request, reply, caller)
  if (rule.who === 'anyone') return
  if (caller === null) throw new HttpProblem('signed-out')
  if (rule.who === 'instance-admin') {
    if (caller.session === null) throw new HttpProblem('session-required')
    if (!caller.isInstanceAdmin) throw new HttpProblem('forbidden')
    return
  }
  if (rule.sessionOnly === true && caller.session === null) throw new HttpProblem('session-required')
  if (!caller.scopes.has(rule.scope)) throw new HttpProblem('insufficient-scope')
  const isTooWide = rule.who === 'user' && rule.narrows !== true
  if (caller.onlyWorkspaceId !== null && isTooWide) throw new HttpProblem('insufficient-scope')
}

async function admitToWorkspace(deps: AccessDeps, request: FastifyRequest): Promise<void> {
  const admission = admissionOf(request)
  const workspaceId = namedWorkspace(request)
  const { userId, onlyWorkspaceId } = request.caller
  const memberships = await loadMemberships(deps.db, userId, workspaceId)
  admission.memberships = memberships.filter((one) => onlyWorkspaceId === null || one.workspaceId === onlyWorkspaceId)
  if (workspaceId === undefined) return
  admission.named = true
  requireMembership(request, workspaceId)
}

function namedWorkspace(request: FastifyRequest): string | undefined {
  for (const part of [request.params, request.query, request.body]) {
    if (typeof part !== 'object' || part === null || !('workspaceId' in part)) continue
    if (typeof part.workspaceId === 'string') return part.workspaceId
  }
  return undefined
}

function admissionOf(request: FastifyRequest): Admission {
  const admission = admissions.get(request)
  if (admission === undefined) throw new Error('the route stands under no access rule')
  return admission
}

function callerOf(this: FastifyRequest): Caller {
  const { caller } = admissionOf(this)
  if (caller === null) throw new Error('the route is for anyone and has no caller')
  return caller
}

function membershipsOf(this: FastifyRequest): readonly Membership[] {
  return admissionOf(this).memberships
}

function membershipOf(this: FastifyRequest): Membership {
  const { named, memberships } = admissionOf(this)
  const [membership] = memberships
  if (!named || membership === undefined) throw new Error('the request names no workspace')
  return membership
}

function prepend(
  route: RouteOptions,
  hook: 'onRequest' | 'preHandler',
  run: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
): void {
  const existing = route[hook]
  route[hook] = [run, ...(Array.isArray(existing) ? existing : existing === undefined ? [] : [existing])] as never
}
