import { PROBLEM_MEDIA_TYPE, type ProblemCode, problemSchema } from '@questlog/shared/protocol/problem'
import { z } from 'zod'
import { problemMeanings } from './http-problem.ts'

interface ProblemResponse {
  readonly description: string
  readonly content: Readonly<Record<string, { readonly schema: z.ZodType }>>
}

const codesOf = new WeakMap<ProblemResponse, readonly ProblemCode[]>()
const schemas = new Map<ProblemCode, z.ZodType>()

/**
 * Documents refusals of a route: spread it into the route's `response`. What every route answers, and what its
 * access rule and its body bring, is added by itself. The type is empty so that answers keep theirs.
 */
export function problems(...codes: readonly ProblemCode[]): object {
  const byStatus = Map.groupBy(new Set(codes), (code) => problemMeanings[code].status)
  return Object.fromEntries([...byStatus].map(([status, same]) => [status, problemResponse(same)]))
}

/** The responses of a route with these refusals besides the ones it documents itself. */
export function withProblems(response: unknown, codes: readonly ProblemCode[]): Record<string, unknown> {
  const documented = typeof response === 'object' && response !== null ? Object.entries(response) : []
  const own = documented.flatMap(([, entry]) => codesOf.get(entry) ?? [])
  const answers = documented.filter(([, entry]) => !codesOf.has(entry))
  return { ...Object.fromEntries(answers), ...problems(...own, ...codes) }
}

/** Every problem code a route's responses document. */
export function documentedCodes(response: unknown): readonly ProblemCode[] {
  const entries = typeof response === 'object' && response !== null ? Object.values(response) : []
  return entries.flatMap((entry) => codesOf.get(entry) ?? [])
}

function problemResponse(codes: readonly ProblemCode[]): ProblemResponse {
  const [first, ...others] = codes.map(schemaOf)
  if (first === undefined) throw new Error('a problem response needs a code')
  const response = {
    description: codes.map((code) => `\`${code}\`: ${problemMeanings[code].title}`).join('\n\n'),
    content: { [PROBLEM_MEDIA_TYPE]: { schema: others.length === 0 ? first : z.union([first, ...others]) } },
  }
  codesOf.set(response, codes)
  return response
}

function schemaOf(code: ProblemCode): z.ZodType {
  const known = schemas.get(code)
  if (known !== undefined) return known
  const { status, title } = problemMeanings[code]
  const schema = problemSchema
    .omit({
      ...(code !== 'invalid-request' && { errors: true }),
      ...(code !== 'cycle' && { cycle: true }),
      ...(code !== 'precondition-failed' && { current: true }),
      ...(code !== 'sole-owner' && { parties: true }),
      ...(code !== 'second-factor-required' && { challenge: true }),
    })
    .extend({ status: z.literal(status), code: z.literal(code) })
    .meta({ id: `Problem${pascalCase(code)}`, description: title })
  schemas.set(code, schema)
  return schema
}

function pascalCase(code: string): string {
  return code.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
}
