import { err, ok } from '@questlog/shared/domain/kernel/result'
import {
  type Restored,
  type RestoreRequest,
  restoredSchema,
  restoreRequestSchema,
} from '@questlog/shared/protocol/restore'
import { ulidSchema } from '@questlog/shared/protocol/ulid'
import { z } from 'zod'
import { HttpProblem } from '../http/http-problem.ts'
import { type Answer, idempotently } from '../http/idempotency/idempotently.ts'
import { problems } from '../http/problem-responses.ts'
import type { TypedApp } from '../http/typed-app.ts'
import type { Draft } from '../read-model/workspace-store.ts'
import { answerWrite, type RequestedWrite } from '../records/answer-write.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import type { RestorePlan } from './restore-plan.ts'
import {
  isOurs,
  type LoadedMoment,
  loadMoment,
  planRestore,
  type RestoreDeps,
  restoredOf,
  tellRestore,
} from './restore-workspace.ts'
import { writePlan } from './write-plan.ts'

/** Puts workspaces back to a moment of their past. */
export function restoreRoute(app: TypedApp, deps: RecordDeps & RestoreDeps): void {
  const inTurn = oneAfterTheOther()
  app.route({
    method: 'POST',
    url: '/api/v1/workspaces/:workspaceId/restore',
    schema: {
      operationId: 'restoreWorkspace',
      summary: 'Put a workspace, or some of its records, back to a moment of its past',
      description:
        'Removed records come back whole, changed ones get back the fields they had, notes their text, also where they ' +
        'were removed past every rule. It is one edit on top of the history, which itself can be undone: restore `at` ' +
        'the `before` of the answer, with the same `records`. Of what was made since the moment, quests and projects ' +
        'go to the Trash, completions of quests that were there are undone, relations between such quests go, and all ' +
        'else stays; with `records`, everything made since stays. With a quest come its notes, its completions, its ' +
        'relations to quests that are there and its sub-quests that are gone; with a project its sections and quests ' +
        'that are gone; a tag, section or category goes back on the quests that had it and have nothing in its place. ' +
        'The table `notes` puts back nothing but the text. `dryRun` only tells what would be done.',
      tags: ['Workspaces'],
      params: z.strictObject({ workspaceId: ulidSchema }),
      body: restoreRequestSchema,
      response: { 200: restoredSchema, ...problems('moment-gone', 'workspace-full') },
    },
    handler: (request, reply) =>
      inTurn(async () => {
        let moment: LoadedMoment | undefined
        const load = async () => {
          moment = await momentOf(deps, request.params.workspaceId, request.body)
          return moment
        }
        try {
          return request.body.dryRun === true
            ? await idempotently(deps, request, reply, async () => foretell(deps, request, await load()))
            : await answerWrite(deps, request, reply, async () => restoreTo(deps, request, await load()))
        } finally {
          moment?.release()
        }
      }),
  })
}

interface Asked {
  readonly params: { readonly workspaceId: string }
  readonly body: RestoreRequest
  readonly caller: { readonly userId: string }
}

/** The write that puts a workspace back, and its answer. */
function restoreTo(deps: RecordDeps & RestoreDeps, asked: Asked, moment: LoadedMoment): RequestedWrite<Restored> {
  const { workspaceId } = asked.params
  const { records } = asked.body
  let decided: { readonly draft: Pick<Draft, 'workspaceId' | 'seq'>; readonly plan: RestorePlan } | undefined
  return {
    workspaceIds: [workspaceId],
    async run(drafts) {
      const draft = drafts.get(workspaceId)
      const plan = await planRestore(deps, draft, moment, records)
      if (!plan.ok) return err(unknownRecord(plan.error))
      await writePlan(draft, plan.value, deps)
      decided = { draft: { workspaceId, seq: draft.seq }, plan: plan.value }
      return ok(undefined)
    },
    async answer(transaction, { seqs }) {
      if (decided === undefined) throw new Error('a restore is answered that was not decided')
      const { draft, plan } = decided
      const seq = seqs.get(workspaceId) ?? draft.seq
      const body = restoredOf(draft, moment, plan, seq, false)
      if (seq > draft.seq) await tellRestore(transaction, body, { userId: asked.caller.userId, records })
      return { status: 200, headers: { 'cache-control': 'no-store' }, body }
    },
  }
}

async function momentOf(
  deps: RecordDeps & RestoreDeps,
  workspaceId: string,
  { at }: RestoreRequest,
): Promise<LoadedMoment> {
  await deps.store.catchUp([workspaceId])
  const moment = await loadMoment(deps, workspaceId, at)
  if (moment.ok) return moment.value
  if (moment.error === 'gone') throw new HttpProblem('moment-gone')
  throw new HttpProblem('invalid-request', [{ path: 'at', message: 'is later than everything that happened' }])
}

/** Answers what a restore would do, with nothing written. */
async function foretell(
  deps: RecordDeps & RestoreDeps,
  { params: { workspaceId }, body, caller: { userId } }: Asked,
  moment: LoadedMoment,
): Promise<Answer<Restored>> {
  const told = await deps.store.write<never, Restored | HttpProblem>({
    workspaceIds: [workspaceId],
    userId,
    async run(drafts) {
      const draft = drafts.get(workspaceId)
      const plan = await planRestore(deps, draft, moment, body.records)
      return err(plan.ok ? restoredOf(draft, moment, plan.value, draft.seq, true) : unknownRecord(plan.error))
    },
  })
  if (told.ok) throw new Error('a dry run has written')
  if (typeof told.error === 'string') throw new HttpProblem(told.error)
  if (told.error instanceof HttpProblem) throw told.error
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: told.error }
}

function unknownRecord(index: number): HttpProblem {
  return new HttpProblem('invalid-request', [{ path: `records.${index}`, message: 'was not there at that moment' }])
}

/** There was no time or memory, and nothing was done: it may be sent again. */
function throwUnavailable(error: unknown): never {
  if (isOurs(error)) throw new HttpProblem('unavailable')
  throw error
}

/** Runs work one after the other: each holds a whole workspace of the past in memory. */
function oneAfterTheOther(): <Answer>(work: () => Promise<Answer>) => Promise<Answer> {
  let turn: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = turn.then(work).catch(throwUnavailable)
    turn = done.catch(() => undefined)
    return done
  }
}
