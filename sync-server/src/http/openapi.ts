import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { withoutUnused } from './openapi-components.ts'

const jsonSchemaTransform = createJsonSchemaTransform({})

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
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'The access token of a session, or an API key.' },
        },
      },
    },
    transform: (document) =>
      document.url.startsWith('/api/v1/')
        ? jsonSchemaTransform(document)
        : { schema: { hide: true }, url: document.url },
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
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
