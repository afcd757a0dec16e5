import { z } from 'zod'

const responseSchema = z.object({
  headers: z.record(z.string(), z.unknown()).default({}),
  content: z.record(z.string(), z.unknown()).default({}),
})
const operationSchema = z.object({
  parameters: z.array(z.object({ name: z.string() })).default([]),
  responses: z.record(z.string(), responseSchema),
})
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    headers: z.record(z.string(), z.object({ required: z.boolean() })),
  }),
})
const problemSchema = z.object({ properties: z.object({ code: z.object({ const: z.string() }) }) })

/** What the OpenAPI document says of a route. */
export interface DescribedOperation {
  /** As the access table names it: `GET /api/v1/quests/:questId`. */
  readonly key: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly string[]
  /** By status: the headers, and whether each always comes. */
  readonly headers: ReadonlyMap<number, Readonly<Record<string, boolean>>>
  readonly problems: readonly string[]
}

/** Reads an OpenAPI document of the server. */
export function describedOperations(document: unknown): readonly DescribedOperation[] {
  const { paths, components } = documentSchema.parse(document)
  const codeOf = (name: string) => problemSchema.parse(components.schemas[name]).properties.code.const
  return Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([verb, { parameters, responses }]) => {
      const method = verb.toUpperCase()
      const path = template.replaceAll(/\{(\w+)\}/g, ':$1')
      const answers = Object.entries(responses)
      return {
        key: `${method} ${path}`,
        method,
        path,
        parameters: parameters.map(({ name }) => name),
        headers: new Map(
          answers.map(([status, { headers }]) => [
            Number(status),
            Object.fromEntries(Object.keys(headers).map((name) => [name, components.headers[name]?.required === true])),
          ]),
        ),
        problems: answers
          .filter(([status]) => Number(status) >= 400)
          .flatMap(([, { content }]) => referencedSchemas(content).map(codeOf)),
      }
    }),
  )
}

function referencedSchemas(content: object): readonly string[] {
  return [...JSON.stringify(content).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name)
}
