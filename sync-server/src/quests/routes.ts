import type { TypedApp } from '../http/typed-app.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { bulkRoute } from './bulk-route.ts'
import { questDoneRoutes } from './done-routes.ts'
import { moveRoute } from './move-route.ts'
import { questReadRoutes } from './read-routes.ts'
import { stepRoutes } from './step-routes.ts'
import { questWriteRoutes } from './write-routes.ts'

/** Everything under `/api/v1/quests`. */
export function questRoutes(app: TypedApp, deps: RecordDeps): void {
  questReadRoutes(app, deps)
  questWriteRoutes(app, deps)
  questDoneRoutes(app, deps)
  stepRoutes(app, deps)
  moveRoute(app, deps)
  bulkRoute(app, deps)
}
