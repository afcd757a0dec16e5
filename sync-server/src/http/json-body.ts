import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { HttpProblem } from './http-problem.ts'

const MAX_DEPTH = 32

/** Reads JSON bodies and nothing else: an empty one is absent, deep nesting is refused before it is parsed. */
export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = body.toString()
    if (text.trim() === '') return done(null, undefined)
    if (nestingDepth(text) > MAX_DEPTH) return done(new HttpProblem('invalid-request', [tooDeep]))
    try {
      done(null, JSON.parse(text))
    } catch {
      done(new HttpProblem('invalid-request', [{ path: '', message: 'is not JSON' }]))
    }
  })
}

const tooDeep = { path: '', message: `is nested deeper than ${MAX_DEPTH}` }

/** Parses a body by its schema, or refuses the request with every wrong field named. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  throw new HttpProblem('invalid-request', fields)
}

/** How deep brackets nest in a JSON text, those inside strings not counted. */
export function nestingDepth(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index += 1
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth)
    else if (character === '}' || character === ']') depth -= 1
  }
  return deepest
}
