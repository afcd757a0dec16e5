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
export function completeOperations(operations: readonly Operation[]): void {
  for (const { requestBody, responses = {} } of operations) {
    const [media] = Object.values(requestBody?.content ?? {})
    if (requestBody && isDefaulted(media?.schema)) requestBody.required = false
    for (const [status, response] of Object.entries(responses)) {
      if (response.description === 'Default Response') response.description = STATUS_CODES[status] ?? 'The answer'
    }
  }
}

/** Every operation of a document's paths. */
export function operationsOf(paths: object): readonly object[] {
  return Object.values(paths).flatMap((path: object) => Object.values(path))
}

function isDefaulted(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && 'default' in schema
}
