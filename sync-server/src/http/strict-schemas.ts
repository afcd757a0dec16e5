import { z } from 'zod'

/**
 * Throws where an object in a request's schema drops unknown fields without having chosen to: a misspelt field must
 * not be passed over in silence. `z.looseObject` is such a choice.
 */
export function refuseLooseSchemas(route: string, schema: unknown): void {
  if (schema === undefined) return
  const loose = looseObject(schema, '', new Set())
  if (loose !== undefined)
    throw new Error(`${route}: unknown fields of "${loose}" would be passed over; use z.strictObject`)
}

function looseObject(schema: unknown, path: string, seen: Set<unknown>): string | undefined {
  if (!(schema instanceof z.ZodType) || seen.has(schema)) return undefined
  seen.add(schema)
  if (schema instanceof z.ZodObject) {
    if (schema.def.catchall === undefined) return path === '' ? 'the whole' : path
    for (const [key, field] of Object.entries(schema.shape)) {
      const found = looseObject(field, path === '' ? key : `${path}.${key}`, seen)
      if (found !== undefined) return found
    }
    return undefined
  }
  for (const inner of innerSchemas(schema)) {
    const found = looseObject(inner, path, seen)
    if (found !== undefined) return found
  }
  return undefined
}

function innerSchemas(schema: z.ZodType): readonly unknown[] {
  const parts: Readonly<Record<string, unknown>> = { ...schema.def }
  const options = Array.isArray(parts.options) ? parts.options : []
  return [parts.innerType, parts.element, parts.in, parts.valueType, parts.left, parts.right, ...options]
}
