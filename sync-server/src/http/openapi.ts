import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { completeOperations, operationsOf, unusedSchemas } from './openapi-parts.ts'
import { documentHeaders, headerComponents } from './response-headers.ts'

const zodToJsonConfig: NonNullable<Parameters<typeof createJsonSchemaTransform>[0]['zodToJsonConfig']> = {
  override({ zodSchema, jsonSchema }) {
    // Answers may get more fields in time, so only what refuses unknown fields says so.
    if (zodSchema instanceof z.ZodObject && zodSchema.def.catchall === undefined) delete jsonSchema.additionalProperties
    if (zodSchema instanceof z.ZodUndefined) jsonSchema.type = 'null'
  },
}
const jsonSchemaTransform = createJsonSchemaTransform({ zodToJsonConfig })
const jsonSchemaTransformObject = createJsonSchemaTransformObject({ zodToJsonConfig })

const description = `Quests, projects and everything around them, on the same log as the synced clients: what is
written here is on every open screen at once, and an edit made offline is in the next answer after its device synced.

Send the access token of a session, or an API key, as \`Authorization: Bearer …\`. Every refusal is a problem document
(RFC 9457) with a stable \`code\`. Lists are \`{items, nextCursor}\`. Unknown fields and parameters are refused.`

/** Collects routes registered after it; `describeApi` serves what it collected. */
export async function collectOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Questlog', version: '1', description, license: { name: 'MIT', identifier: 'MIT' } },
      components: {
        headers: headerComponents,
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'The access token of a session, or an API key.' },
        },
      },
    },
    transform: (document) =>
      document.url.startsWith('/api/v1/')
        ? jsonSchemaTransform(document)
        : { schema: { hide: true }, url: document.url },
    transformObject(document) {
      const complete = jsonSchemaTransformObject(document)
      if (!('components' in complete)) return complete
      const operations = operationsOf(complete.paths ?? {})
      completeOperations(operations)
      const schemas = complete.components?.schemas ?? {}
      documentHeaders(operations, schemas)
      for (const name of unusedSchemas(complete, schemas)) delete schemas[name]
      return complete
    },
  })
}

/** Serves the OpenAPI document at `/api/v1/openapi.json` and a page to read and try it at `/api/docs`. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(app.swagger()),
  )
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    theme: { title: 'Questlog API' },
    uiConfig: { docExpansion: 'list', deepLinking: true, persistAuthorization: false },
  })
}
