import type { CommandError } from '@questlog/shared/domain/commands/command-error'
import type { Command } from '@questlog/shared/domain/commands/commands'
import { err, type Result } from '@questlog/shared/domain/kernel/result'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { admittedMemberships } from '../access/enforce-access.ts'
import { answerUnchanged, etagOf, listEtag } from '../http/etag.ts'
import type { HttpProblem } from '../http/http-problem.ts'
import { readCursor, writeCursor } from '../http/pagination.ts'
import type { Draft } from '../read-model/workspace-store.ts'
import { answerWrite, checkMatch, emptyAnswer, type RequestedWrite, recordAnswer } from './answer-write.ts'
import { type CommandSubject, commandProblem } from './command-problem.ts'
import { type AnsweredRecord, locateRecord, type RecordTable, readRecord } from './find-record.ts'
import { listPage, type PageRequest, pageCursorSchema } from './list-page.ts'
import type { RecordDeps } from './record-deps.ts'

/** Answers with a page of records of all the workspaces the rule lets the caller into, or that it is unchanged. */
export async function answerList<Table extends RecordTable>(
  deps: RecordDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  page: { readonly limit: number; readonly cursor?: string | undefined },
  list: Omit<PageRequest<Table>, 'memberships' | 'limit' | 'after'>,
): Promise<{ items: AnsweredRecord<Table>[]; nextCursor: string | null } | undefined> {
  const memberships = admittedMemberships(request)
  const order = `${list.table}/${list.sort.column}/${list.descending === true ? 'desc' : 'asc'}`
  const after = readCursor(order, pageCursorSchema(list.sort.type), page.cursor)
  await deps.store.catchUp(memberships.map(({ workspaceId }) => workspaceId))
  const { rows, next } = await listPage(deps.db, { ...list, memberships, limit: page.limit, after })
  const nextCursor = next === null ? null : writeCursor(order, next)
  const versions = rows.map(({ workspaceId, record }) => `${workspaceId}/${record.id}/${record.version}`)
  if (answerUnchanged(request, reply, listEtag([...versions, nextCursor ?? '']))) return undefined
  return { items: rows.map(({ record }) => record), nextCursor }
}

/** Answers with a record, or that it is unchanged. */
export async function answerRecord<Table extends RecordTable>(
  deps: RecordDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  table: Table,
  id: string,
): Promise<AnsweredRecord<Table> | undefined> {
  const { record } = await readRecord(deps, request, table, id)
  return answerUnchanged(request, reply, etagOf(record.version)) ? undefined : record
}

/** Makes a record by a command and answers 201 with it. */
export function createRecord<Table extends RecordTable>(
  deps: RecordDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  table: Table,
  plan: () => Promise<NewRecord> | NewRecord,
): Promise<AnsweredRecord<Table> | undefined> {
  return answerWrite<AnsweredRecord<Table>>(deps, request, reply, async () => {
    const { workspaceId, id, timeZone, command, fieldOf } = await plan()
    return {
      workspaceIds: [workspaceId],
      timeZone,
      run(drafts) {
        const draft = drafts.get(workspaceId)
        const made = draft.dispatch(typeof command === 'function' ? command(draft) : command)
        return made.ok ? made : err(commandProblem(made.error, { id: null, ...(fieldOf && { fieldOf }) }))
      },
      answer: recordAnswer(table, workspaceId, id, 201),
    }
  })
}

export interface NewRecord {
  readonly workspaceId: string
  readonly id: string
  readonly timeZone?: string | undefined
  readonly command: Command | ((draft: Draft) => Command)
  readonly fieldOf?: CommandSubject['fieldOf']
}

export type Change = (draft: Draft) => Result<void, CommandError>

/** Changes a record under the request's `If-Match` and answers with it. */
export function changeRecord<Table extends RecordTable>(
  deps: RecordDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  table: Table,
  id: string,
  change: Change,
): Promise<AnsweredRecord<Table> | undefined> {
  return answerWrite<AnsweredRecord<Table>>(deps, request, reply, async () => {
    const write = await recordWrite(deps, request, table, id, change)
    return { ...write, answer: recordAnswer(table, write.workspaceId, id) }
  })
}

/** Removes a record under the request's `If-Match` and answers with nothing. */
export function removeRecord(
  deps: RecordDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  table: RecordTable,
  id: string,
  command: Command,
): Promise<undefined> {
  return answerWrite<undefined>(deps, request, reply, async () => {
    const write = await recordWrite(deps, request, table, id, (draft) => draft.dispatch(command))
    return { ...write, answer: emptyAnswer }
  })
}

/** Carries out commands in order, up to the first that is refused. */
export function dispatchEach(draft: Draft, commands: readonly Command[]): Result<void, CommandError> {
  for (const command of commands) {
    const dispatched = draft.dispatch(command)
    if (!dispatched.ok) return dispatched
  }
  return { ok: true, value: undefined }
}

async function recordWrite(
  deps: RecordDeps,
  request: FastifyRequest,
  table: RecordTable,
  id: string,
  change: Change,
): Promise<Omit<RequestedWrite<never>, 'answer'> & { readonly workspaceId: string }> {
  const workspaceId = await locateRecord(deps, request, table, id)
  return {
    workspaceId,
    workspaceIds: [workspaceId],
    async run(drafts): Promise<Result<void, HttpProblem>> {
      const matched = await checkMatch(deps, request, table, workspaceId, id)
      if (!matched.ok) return matched
      const changed = change(drafts.get(workspaceId))
      return changed.ok ? changed : err(commandProblem(changed.error, { id, fieldOf: () => 'after' }))
    },
  }
}
