import { activityRoute } from '../activity/activity-route.ts'
import { completionRoutes } from '../activity/completion-routes.ts'
import type { TypedApp } from '../http/typed-app.ts'
import { categoryRoutes } from '../projects/category-routes.ts'
import { projectRoutes } from '../projects/project-routes.ts'
import { sectionRoutes } from '../projects/section-routes.ts'
import { questRoutes } from '../quests/routes.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { relationRoutes } from '../relations/relation-routes.ts'
import { tagRoutes } from '../tags/tag-routes.ts'
import { templateRoutes } from '../templates/template-routes.ts'

/** The routes about everything that is in a workspace's document. */
export function recordRoutes(app: TypedApp, deps: RecordDeps): void {
  questRoutes(app, deps)
  projectRoutes(app, deps)
  sectionRoutes(app, deps)
  tagRoutes(app, deps)
  categoryRoutes(app, deps)
  relationRoutes(app, deps)
  templateRoutes(app, deps)
  completionRoutes(app, deps)
  activityRoute(app, deps)
}
