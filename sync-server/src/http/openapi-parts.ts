import { STATUS_CODES } from 'node:http'

/** The component schemas nothing in a document refers to: each schema is generated as input and as output. */
export function unusedSchemas(document: { readonly components?: unknown }, schemas: object): readonly string[] {
  const used = new Set<string>()
  const visit = (part: unknown): void => {
    for (const name of referencedSchemas(part)) {
      if (used.has(name)) continue
      used.add(name)
      visit(Object.entries(schemas).find(([key]) => key === name)?.[1])
    }
  }
  visit({ ...document, components: undefined })
  return Object.keys(schemas).filter((name) => !used.has(name))
}

function referencedSchemas(part: unknown): readonly string[] {
  const references = JSON.stringify(part)?.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g) ?? []
  return [...references].flatMap(([, name]) => (name === undefined ? [] : [name]))
}

interface Operation {
  requestBody?: { required?: boolean; content?: Readonly<Record<string, { readonly schema?: unknown }>> }
  responses?: Record<string, { description?: string }>
}

/** Says of bodies that may be absent that they may, and of plain answers what their status says. */
export function completeOperations(paths: Readonly<Record<string, unknown>>): void {
  for (const path of Object.values(paths)) {
    for (const operation of Object.values(path as Readonly<Record<string, Operation>>)) {
      const [media] = Object.values(operation.requestBody?.content ?? {})
      if (operation.requestBody && isDefaulted(media?.schema)) operation.requestBody.required = false
      for (const [status, response] of Object.entries(operation.responses ?? {})) {
        if (response.description === 'Default Response') response.description = STATUS_CODES[status] ?? 'The answer'
      }
    }
  }
}

function isDefaulted(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && 'default' in schema
}
