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
