import type { ProblemCode } from '@questlog/shared/protocol/problem'
import type { FastifyInstance, RouteOptions } from 'fastify'
import type { AccessRule } from '../access/access-rule.ts'
import { ruleKeys } from '../access/enforce-access.ts'
import { withProblems } from './problem-responses.ts'
import { refuseLooseSchemas } from './strict-schemas.ts'

/**
 * Completes what routes under `/api/v1` say of themselves: the refusals that follow from their rule, their method and
 * their parts, and who may use them. A route that does not describe itself keeps the server from starting.
 */
export function documentRoutes(app: FastifyInstance, rules: Readonly<Record<string, AccessRule>>): void {
  app.addHook('onRoute', (route) => {
    const [key] = ruleKeys(route)
    const rule = key === undefined ? undefined : rules[key]
    if (key === undefined || rule === undefined || route.schema?.hide === true) return
    requireDescription(key, route)
    route.schema = {
      ...route.schema,
      description: [route.schema?.description, describeRule(rule)].filter((text) => text !== undefined).join('\n\n'),
      security: rule.who === 'anyone' ? [] : [{ bearer: [] }],
      response: withProblems(route.schema?.response, impliedProblems(rule, route)),
    }
  })
}

function requireDescription(key: string, route: RouteOptions): void {
  const { operationId, summary, tags, response, body, querystring, params } = route.schema ?? {}
  const complete = operationId !== undefined && summary !== undefined && tags !== undefined && response !== undefined
  if (!complete) throw new Error(`the route ${key} needs an operationId, a summary, tags and responses`)
  for (const schema of [body, querystring, params]) refuseLooseSchemas(key, schema)
}

function impliedProblems(rule: AccessRule, route: RouteOptions): readonly ProblemCode[] {
  const { body, querystring, params } = route.schema ?? {}
  const codes: ProblemCode[] = ['rate-limited', 'unavailable', 'internal']
  if (body !== undefined || querystring !== undefined || params !== undefined) codes.push('invalid-request')
  if (body !== undefined) codes.push('too-large', 'unsupported-media-type')
  if (rule.who === 'anyone') return codes
  codes.push('signed-out')
  if (rule.who === 'instance-admin') return [...codes, 'session-required', 'forbidden']
  codes.push(rule.sessionOnly === true ? 'session-required' : 'insufficient-scope')
  if (rule.who === 'workspace') codes.push('not-found')
  if (rule.who === 'workspace' && rule.least !== 'guest') codes.push('forbidden')
  return codes
}

function describeRule(rule: AccessRule): string {
  switch (rule.who) {
    case 'anyone':
      return 'For anyone.'
    case 'instance-admin':
      return "For the server's administrators."
    case 'user':
      return `For signed-in people${keys(rule)}.`
    case 'workspace':
      return `For the workspace's members from the role \`${rule.least}\` on${keys(rule)}.`
  }
}

function keys(rule: { readonly scope: string; readonly sessionOnly?: true }): string {
  return rule.sessionOnly === true ? ', not for API keys' : `; API keys need the scope \`${rule.scope}\``
}
