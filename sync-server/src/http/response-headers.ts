interface Header {
  readonly description: string
  readonly required: boolean
  readonly schema: { readonly type: 'string' | 'integer' }
}

const text = (description: string, required = true): Header => ({ description, required, schema: { type: 'string' } })

/** The response headers of the API, as components of its OpenAPI document. */
export const headerComponents: Record<string, Header> = {
  'X-Request-Id': text('The id of the request, to be quoted to whoever runs the server.'),
  ETag: text('The version of what is answered; of a record, its `version` in quotes.'),
  Location: text('Where to go on.'),
  'Idempotency-Replayed': text('`true` where the answer is that of an earlier request with the same key.', false),
  'RateLimit-Policy': text('How many requests are allowed in how many seconds.'),
  RateLimit: text('How many requests are left, and in how many seconds all of them are there again.'),
  'Retry-After': {
    description: 'In how many seconds to try again.',
    required: true,
    schema: { type: 'integer' },
  },
  'WWW-Authenticate': text('How to sign in (RFC 6750).'),
  Deprecation: text('Since when the route should not be used (RFC 9745).'),
  Sunset: text('From when on the route may fail (RFC 8594).'),
  Link: text('Where it is explained that the route goes away.'),
}

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>>
  headers?: Readonly<Record<string, { readonly $ref: string }>>
}

interface Operation {
  readonly deprecated?: boolean
  readonly parameters?: readonly { readonly in: string; readonly name: string }[]
  readonly responses?: Readonly<Record<string, Response>>
}

/** Says of every response which headers come with it. Refers to `headerComponents`. */
export function documentHeaders(operations: readonly Operation[], schemas: Readonly<Record<string, unknown>>): void {
  // What can be asked for conditionally, alone or in a list, has a version, whichever request it answers.
  const conditional = operations.filter(({ responses }) => responses?.[304] !== undefined)
  const versioned = new Set(
    conditional.flatMap(({ responses }) => [bodyOf(responses?.[200]), itemOf(bodyOf(responses?.[200]), schemas)]),
  )
  for (const operation of operations) {
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      const isVersioned = status === '304' || status === '412' || versioned.has(bodyOf(response) ?? '')
      const names = [...headersOf(operation, Number(status)), ...(isVersioned ? ['ETag'] : [])]
      response.headers = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
    }
  }
}

function headersOf({ deprecated, parameters = [] }: Operation, status: number): readonly string[] {
  const names = ['X-Request-Id']
  if (status < 400 || status === 429) names.push('RateLimit-Policy', 'RateLimit')
  if (status === 302) names.push('Location')
  if (status === 401) names.push('WWW-Authenticate')
  if (status === 429 || status === 503) names.push('Retry-After')
  if (status < 300 && parameters.some(({ name }) => name === 'idempotency-key')) names.push('Idempotency-Replayed')
  if (deprecated === true) names.push('Deprecation', 'Sunset', 'Link')
  return names
}

/** The name of the schema of an answer. */
function bodyOf(response: Response | undefined): string | undefined {
  return response?.content?.['application/json']?.schema?.$ref?.split('/').at(-1)
}

/** The name of the schema of what a list holds. */
function itemOf(list: string | undefined, schemas: Readonly<Record<string, unknown>>): string | undefined {
  const { properties } = (schemas[list ?? ''] ?? {}) as ListSchema
  return properties?.items?.items?.$ref?.split('/').at(-1)
}

interface ListSchema {
  readonly properties?: { readonly items?: { readonly items?: { readonly $ref?: string } } }
}
