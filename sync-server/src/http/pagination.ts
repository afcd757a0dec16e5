import { z } from 'zod'
import { HttpProblem } from './http-problem.ts'

const MAX_PAGE = 200
const DEFAULT_PAGE = 50
const MAX_CURSOR_CHARACTERS = 1_000

/** The query parameters of every list; spread them into its strict object. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_PAGE)
    .default(DEFAULT_PAGE)
    .meta({
      description: `How many items to answer at most, ${MAX_PAGE} at the most.`,
    }),
  cursor: z.string().max(MAX_CURSOR_CHARACTERS).optional().meta({
    description: 'The `nextCursor` of the page before, with the same `sort` and `order`; another is `invalid-request`.',
  }),
}

/** A text of a sort key, as Postgres takes it. */
export const cursorTextSchema = z.string().refine((text) => text.isWellFormed() && !text.includes('\0'))

/** A moment of a sort key, as `toISOString` writes those of the years that Postgres and JavaScript both read. */
export const cursorInstantSchema = z.string().refine((text) => /^(?!0000)\d{4}-/.test(text) && isWrittenBack(text))

function isWrittenBack(text: string): boolean {
  const ms = Date.parse(text)
  return Number.isFinite(ms) && new Date(ms).toISOString() === text
}

/** The cursor of the page that begins after a sort key, in an order that has a name of its own among all lists. */
export function writeCursor(order: string, sortKey: unknown): string {
  return Buffer.from(JSON.stringify([order, sortKey])).toString('base64url')
}

/**
 * The sort key after which a page begins; undefined for the first page. A cursor that is broken, or of another list or
 * order, is an `invalid-request`: its key would mean another place, or none.
 */
export function readCursor<Schema extends z.ZodType>(
  order: string,
  schema: Schema,
  cursor: string | undefined,
): z.output<Schema> | undefined {
  if (cursor === undefined) return undefined
  const read = z.tuple([z.string(), z.unknown()]).safeParse(jsonOf(cursor))
  if (read.success && read.data[0] !== order) throw wrongCursor('is of another list or order')
  const parsed = schema.safeParse(read.data?.[1])
  if (parsed.success) return parsed.data
  throw wrongCursor('is not the nextCursor of a page')
}

function wrongCursor(message: string): HttpProblem {
  return new HttpProblem('invalid-request', [{ path: 'query.cursor', message }])
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    // What is no JSON fits no schema.
    return undefined
  }
}
