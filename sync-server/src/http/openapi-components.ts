interface Components {
  readonly schemas?: Readonly<Record<string, unknown>>
}

/** The document without component schemas nothing refers to: each schema is generated as input and as output. */
export function withoutUnused<Document extends { readonly components?: Components }>(document: Document): Document {
  const schemas = document.components?.schemas ?? {}
  const { components, ...rest } = document
  const used = new Set<string>()
  const visit = (part: unknown): void => {
    for (const name of referencedSchemas(part)) {
      if (used.has(name)) continue
      used.add(name)
      visit(schemas[name])
    }
  }
  visit(rest)
  const kept = Object.entries(schemas).filter(([name]) => used.has(name))
  const sorted = kept.sort(([left], [right]) => (left < right ? -1 : 1))
  return { ...document, components: { ...components, schemas: Object.fromEntries(sorted) } }
}

function referencedSchemas(part: unknown): readonly string[] {
  const references = JSON.stringify(part)?.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g) ?? []
  return [...references].flatMap(([, name]) => (name === undefined ? [] : [name]))
}
