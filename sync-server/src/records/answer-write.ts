import { err, type Result } from '@questlog/shared/domain/kernel/result'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { requireMembership } from '../access/enforce-access.ts'
import type { Database } from '../db/tables.ts'
import { etagOf, isMatch } from '../http/etag.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { type Answer, idempotently } from '../http/idempotency/idempotently.ts'
import type { Committed, Drafts } from '../read-model/workspace-store.ts'
import { type AnsweredRecord, findRecord, type RecordTable } from './find-record.ts'
import type { RecordDeps } from './record-deps.ts'

/** A write on workspaces that answers a request. */
export interface RequestedWrite<Body> {
  readonly workspaceIds: readonly string[]
  readonly timeZone?: string | undefined
  /** Decides and writes, or says why not. It may run several times. */
  readonly run: (drafts: Drafts) => Result<void, HttpProblem> | Promise<Result<void, HttpProblem>>
  /** What to answer, from the rows as the write leaves them. */
  readonly answer: (transaction: Database, committed: Committed<void>) => Promise<Answer<Body>>
}

/**
 * Carries out a write and answers it: committed with its rows and with the answer to its `Idempotency-Key`, or not at
 * all. `plan` runs after it is known that the request was not answered before.
 */
export async function answerWrite<Body>(
  deps: RecordDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  plan: () => Promise<RequestedWrite<Body>> | RequestedWrite<Body>,
): Promise<Body | undefined> {
  return idempotently<Body>(deps, request, reply, async (record) => {
    const { workspaceIds, timeZone, run, answer } = await plan()
    let answered: Answer<Body> | undefined
    const written = await deps.store.write<void, HttpProblem>({
      workspaceIds,
      userId: request.caller.userId,
      ...(timeZone !== undefined && { tz: timeZone }),
      run,
      async inTransaction(transaction, committed) {
        answered = await answer(transaction, committed)
        await record(transaction, answered)
      },
    })
    if (!written.ok) throw typeof written.error === 'string' ? new HttpProblem(written.error) : written.error
    if (answered === undefined) throw new Error('a write was committed without its answer')
    return answered
  })
}

/** Answers with a record as the write leaves it, and its version. */
export function recordAnswer<Table extends RecordTable>(
  table: Table,
  workspaceId: string,
  id: string,
  status = 200,
): RequestedWrite<AnsweredRecord<Table>>['answer'] {
  return async (transaction) => {
    const found = await findRecord(transaction, table, id, [workspaceId])
    if (found === undefined) throw new Error(`${table} ${id} is not in the rows of the write that answers with it`)
    const { record } = found
    return { status, headers: { etag: etagOf(record.version), 'cache-control': 'no-store' }, body: record }
  }
}

/** Answers with nothing. */
export async function emptyAnswer(): Promise<Answer<undefined>> {
  return { status: 204, body: undefined }
}

/**
 * Refuses a write whose `If-Match` names another version than the one it is about to write on, and says what is there.
 * Ask in `run`, once it is known that the caller may see the record.
 */
export async function checkMatch(
  deps: Pick<RecordDeps, 'db'>,
  request: FastifyRequest,
  table: RecordTable,
  workspaceId: string,
  id: string,
): Promise<Result<void, HttpProblem>> {
  if (request.headers['if-match'] === undefined) return { ok: true, value: undefined }
  const found = await findRecord(deps.db, table, id, [workspaceId])
  if (found === undefined) return err(new HttpProblem('not-found'))
  const { record } = found
  if (isMatch(request, record.version)) return { ok: true, value: undefined }
  return err(new HttpProblem('precondition-failed', [], { current: { ...record } }))
}

/** Where a record is made that names no workspace: the caller's personal one. */
export function homeWorkspace(request: FastifyRequest): string {
  const [home] = request.memberships
  if (home === undefined) throw new HttpProblem('not-found')
  return requireMembership(request, home.workspaceId).workspaceId
}
