import type { ProblemCode } from '@questlog/shared/protocol/problem'
import { roles } from '@questlog/shared/protocol/roles'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { z } from 'zod'
import { VISIBLE_ASCII } from '../http/idempotency/request-key.ts'
import { documentedCodes, withProblems } from '../http/problem-responses.ts'
import { refuseLooseSchemas } from '../http/strict-schemas.ts'
import { type AccessRule, isAdmitted, type UserRule, type WorkspaceRule } from './access-rule.ts'
import { ruleKeys } from './enforce-access.ts'

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
    const headers = route.schema?.headers ?? requestHeaders(rule, route)
    route.schema = {
      querystring: noParameters,
      ...route.schema,
      ...(headers !== undefined && { headers }),
      description: [route.schema?.description, describeRule(rule)].filter((text) => text !== undefined).join('\n\n'),
      security: rule.who === 'anyone' ? [] : [{ bearer: [] }],
      response: withProblems(route.schema?.response, impliedProblems(rule, route)),
    }
  })
}

/** So that a parameter is refused also where none is known. */
const noParameters = z.strictObject({})

function requireDescription(key: string, route: RouteOptions): void {
  const { operationId, summary, tags, response, body, querystring, params } = route.schema ?? {}
  const complete = operationId !== undefined && summary !== undefined && tags !== undefined && response !== undefined
  if (!complete) throw new Error(`the route ${key} needs an operationId, a summary, tags and responses`)
  for (const schema of [body, querystring, params]) refuseLooseSchemas(key, schema)
}

function impliedProblems(rule: AccessRule, route: RouteOptions): readonly ProblemCode[] {
  const codes: ProblemCode[] = ['invalid-request', 'rate-limited', 'unavailable', 'internal']
  // The body of a write is read also where none is asked for.
  if (isWrite(route)) codes.push('too-large', 'unsupported-media-type')
  if (isIdempotent(rule, route)) codes.push('idempotency-key-reused')
  if (rule.who === 'anyone') return codes
  codes.push('signed-out')
  if (rule.who === 'instance-admin') return [...codes, 'session-required', 'forbidden']
  if (rule.sessionOnly === true) codes.push('session-required')
  else if (!suitsEveryKey(rule)) codes.push('insufficient-scope')
  if (rule.who === 'user') return codes
  codes.push('not-found')
  if (!roles.every((role) => isAdmitted(rule, role))) codes.push('forbidden')
  return codes
}

/** Every API key may at least read, but a person's own things only if it is not for one workspace. */
function suitsEveryKey(rule: UserRule | WorkspaceRule): boolean {
  return rule.scope === 'read' && (rule.who === 'workspace' || rule.narrows === true)
}

function isWrite({ method }: RouteOptions): boolean {
  return !['GET', 'HEAD'].includes(String(method))
}

/** Whether a write may carry an `Idempotency-Key`: not where nobody is known, nor where the answer is a secret. */
function isIdempotent(rule: AccessRule, route: RouteOptions): boolean {
  return isWrite(route) && rule.who !== 'anyone' && route.config?.idempotency !== 'none'
}

function requestHeaders(rule: AccessRule, route: RouteOptions): z.ZodType | undefined {
  const codes = documentedCodes(route.schema?.response)
  const shape = {
    ...(isIdempotent(rule, route) && { 'idempotency-key': idempotencyKeyHeader }),
    ...(codes.includes('precondition-failed') && { 'if-match': ifMatchHeader }),
  }
  return Object.keys(shape).length === 0 ? undefined : z.looseObject(shape)
}

const idempotencyKeyHeader = z
  .string()
  .regex(VISIBLE_ASCII, 'must be 1 to 255 visible ASCII characters')
  .optional()
  .meta({
    description: 'Repeating the request with the same key within a day answers the same and writes nothing.',
  })
const ifMatchHeader = z
  .string()
  .optional()
  .meta({
    description:
      'The `ETag` of the version you read, or its `version` in quotes; also in the form that a proxy gives it that ' +
      'compresses answers, such as `W/"1"`. Another version refuses the write as `precondition-failed`.',
  })

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `none` for writes whose answer must not be kept, because it holds a secret. */
    readonly idempotency?: 'none'
  }
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
      return `For the workspace's members from the role \`${rule.least}\` on${guests(rule)}${keys(rule)}.`
  }
}

function guests(rule: WorkspaceRule): string {
  return rule.guests === undefined ? '' : ', and for its guests where quests are assigned to them'
}

function keys(rule: { readonly scope: string; readonly sessionOnly?: true }): string {
  return rule.sessionOnly === true ? ', not for API keys' : `; API keys need the scope \`${rule.scope}\``
}
