import type { Command } from '@questlog/shared/domain/commands/commands'
import type { ProblemCode } from '@questlog/shared/protocol/problem'
import { pageOf, recordIdSchema, recordQuerySchema, workspaceIdSchema } from '@questlog/shared/protocol/record-ids'
import type { FastifyRequest } from 'fastify'
import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import { pageQuery } from '../http/pagination.ts'
import { problems } from '../http/problem-responses.ts'
import { noContent, notModified, type TypedApp } from '../http/typed-app.ts'
import type { Draft } from '../read-model/workspace-store.ts'
import {
  answerList,
  answerRecord,
  changeRecord,
  createRecord,
  dispatchEach,
  type NewRecord,
  removeRecord,
} from './answer-records.ts'
import type { RecordTable } from './find-record.ts'
import type { PageRequest } from './list-page.ts'
import type { RecordDeps } from './record-deps.ts'

/** What the documentation says of an operation, and the refusals of its own. */
interface Described {
  readonly summary: string
  readonly description?: string
  readonly refuses: readonly ProblemCode[]
}

interface Filters {
  readonly query: z.ZodRawShape
  conditions(query: object): readonly RawBuilder<unknown>[]
}

interface Creation extends Described {
  readonly body: z.ZodType
  plan(body: unknown, request: FastifyRequest): Promise<NewRecord> | NewRecord
}

interface Update extends Described {
  readonly body: z.ZodType
  commands(draft: Draft, id: string, body: unknown): readonly Command[]
}

interface ByCommand extends Described {
  readonly command: (id: string) => Command
}

/** The REST resource of one kind of record: only what is said of it is there. */
export interface RecordResource {
  readonly table: RecordTable
  /** As operations are named: `getTag`, `listTags`. */
  readonly one: string
  readonly many: string
  /** As REST answers with a record. */
  readonly schema: z.ZodType
  readonly list: {
    readonly summary: string
    readonly sort: PageRequest<RecordTable>['sort']
    readonly filters?: Filters
  }
  readonly create: Creation
  readonly get?: { readonly summary: string }
  readonly update?: Update
  /** Removes a record for good and answers with nothing. */
  readonly remove?: ByCommand
  /** Puts a record into the Trash instead, and takes it out. */
  readonly trash?: { readonly put: ByCommand; readonly restore: ByCommand }
}

/** What a list can be narrowed by. */
export function filteredBy<Shape extends z.ZodRawShape>(
  query: Shape,
  conditions: (query: z.output<z.ZodObject<Shape>>) => readonly RawBuilder<unknown>[],
): Filters {
  return { query, conditions }
}

/** How a record is made of a body. */
export function madeOf<Body extends z.ZodType>(
  body: Body,
  plan: (body: z.output<Body>, request: FastifyRequest) => Promise<NewRecord> | NewRecord,
): Pick<Creation, 'body' | 'plan'> {
  return { body, plan }
}

/** What a body changes, as commands. */
export function changedBy<Body extends z.ZodType>(
  body: Body,
  commands: (draft: Draft, id: string, body: z.output<Body>) => readonly Command[],
): Pick<Update, 'body' | 'commands'> {
  return { body, commands }
}

const params = z.strictObject({ id: recordIdSchema })
const querystring = recordQuerySchema

/** Registers the routes of a kind of record under `/api/v1/<table>`. Who may use each says `access-rules.ts`. */
export function recordResource(app: TypedApp, deps: RecordDeps, resource: RecordResource): void {
  const { table, one, many, schema, list, create, get, update, remove, trash } = resource
  const url = `/api/v1/${table}`
  const tags = [many]

  app.route({
    method: 'GET',
    url,
    schema: {
      operationId: `list${many}`,
      summary: list.summary,
      tags,
      querystring: z.strictObject({
        ...pageQuery,
        workspaceId: workspaceIdSchema.optional(),
        ...list.filters?.query,
      }),
      response: { 200: pageOf(schema, `${one}List`), 304: notModified },
    },
    handler: (request, reply) =>
      answerList(deps, request, reply, request.query, {
        table,
        sort: list.sort,
        conditions: list.filters?.conditions(request.query) ?? [],
      }),
  })

  app.route({
    method: 'POST',
    url,
    schema: {
      operationId: `create${one}`,
      ...documented(create),
      tags,
      body: create.body,
      response: { 201: schema, ...problems(...create.refuses) },
    },
    handler: (request, reply) => createRecord(deps, request, reply, table, () => create.plan(request.body, request)),
  })

  if (get !== undefined) {
    app.route({
      method: 'GET',
      url: `${url}/:id`,
      schema: {
        operationId: `get${one}`,
        ...get,
        tags,
        params,
        querystring,
        response: { 200: schema, 304: notModified },
      },
      handler: (request, reply) => answerRecord(deps, request, reply, table, request.params.id),
    })
  }

  if (update !== undefined) {
    app.route({
      method: 'PATCH',
      url: `${url}/:id`,
      schema: {
        operationId: `update${one}`,
        ...documented(update),
        tags,
        params,
        querystring,
        body: update.body,
        response: { 200: schema, ...problems(...update.refuses) },
      },
      handler(request, reply) {
        const { body } = request
        const { id } = request.params
        return changeRecord(deps, request, reply, table, id, (draft) =>
          dispatchEach(draft, update.commands(draft, id, body)),
        )
      },
    })
  }

  if (remove !== undefined) {
    app.route({
      method: 'DELETE',
      url: `${url}/:id`,
      schema: {
        operationId: `delete${one}`,
        ...documented(remove),
        tags,
        params,
        querystring,
        response: { 204: noContent, ...problems(...remove.refuses) },
      },
      handler: (request, reply) =>
        removeRecord(deps, request, reply, table, request.params.id, remove.command(request.params.id)),
    })
  }

  if (trash !== undefined) {
    const operations = [
      { method: 'DELETE', url: `${url}/:id`, operationId: `trash${one}`, by: trash.put },
      { method: 'POST', url: `${url}/:id/restore`, operationId: `restore${one}`, by: trash.restore },
    ] as const
    for (const { by, operationId, ...route } of operations) {
      app.route({
        ...route,
        schema: {
          operationId,
          ...documented(by),
          tags,
          params,
          querystring,
          response: { 200: schema, ...problems(...by.refuses) },
        },
        handler(request, reply) {
          const { id } = request.params
          return changeRecord(deps, request, reply, table, id, (draft) => draft.dispatch(by.command(id)))
        },
      })
    }
  }
}

function documented({ summary, description }: Described) {
  return { summary, ...(description !== undefined && { description }) }
}
