import type { FastifyInstance } from 'fastify'
import { accessRules } from '../access/access-rules.ts'
import { documentRoutes } from '../access/document-routes.ts'
import { enforceAccess } from '../access/enforce-access.ts'
import { anonymousKey } from '../auth/known-devices/carried-marks.ts'
import { whoCalls } from '../callers/who-calls.ts'
import { announceDeprecations } from '../http/deprecation.ts'
import { collectOpenApi, describeApi } from '../http/openapi.ts'
import type { Budgets } from '../http/rate-limits/budgets.ts'
import { limitRequests, type RequestLimits } from '../http/rate-limits/limit-requests.ts'
import { createRequestTurns } from '../http/rate-limits/request-turns.ts'
import { useZodSchemas } from '../http/typed-app.ts'
import type { WorkShares } from '../sync/limits/work-shares.ts'
import { type AccountRoutesDeps, accountRoutes } from './account-routes.ts'
import { recordRoutes } from './record-routes.ts'
import { type SharingRoutesDeps, sharingRoutes } from './sharing-routes.ts'

export interface ApiDeps extends AccountRoutesDeps, SharingRoutesDeps {
  readonly adminEmails: readonly string[]
  readonly requestLimits: RequestLimits
  readonly budgets: Budgets
  readonly work: Pick<WorkShares, 'take' | 'spend'>
}

/** Registers REST under `/api/v1` behind its access rules, with the document that describes it. */
export async function registerApi(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  const typed = useZodSchemas(app)
  await collectOpenApi(app)
  guardRoutes(app, deps)
  documentRoutes(app, accessRules)
  announceDeprecations(app)
  accountRoutes(typed, deps)
  recordRoutes(typed, deps)
  sharingRoutes(typed, deps)
  await describeApi(app)
}

/** Finds out who calls before a route runs, and holds callers to their rights, their limits and their turn. */
function guardRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const { accounts, authenticate } = deps.auth
  const callers = { ...deps, authenticate, verifiesEmails: accounts.mail !== undefined }
  const limiting = {
    budgets: deps.budgets,
    limits: deps.requestLimits,
    anonymousKey: anonymousKey(accounts.deviceMarks),
  }
  const turns = createRequestTurns({ work: deps.work, anonymousKey: limiting.anonymousKey })
  enforceAccess(app, {
    db: deps.db,
    whoCalls: (request) => whoCalls(callers, request),
    rules: accessRules,
    async onCaller(request, reply, caller) {
      await limitRequests(limiting, request, reply, caller)
      await turns.enter(request, reply, caller)
    },
  })
}
