import { activityRoute } from '../activity/activity-route.ts'
import { completionRoutes } from '../activity/completion-routes.ts'
import type { TypedApp } from '../http/typed-app.ts'
import { categoryResource } from '../projects/category-resource.ts'
import { projectResource } from '../projects/project-resource.ts'
import { sectionResource } from '../projects/section-resource.ts'
import { questRoutes } from '../quests/routes.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { recordResource } from '../records/record-resource.ts'
import { relationResource } from '../relations/relation-resource.ts'
import { tagResource } from '../tags/tag-resource.ts'
import { templateResource } from '../templates/template-resource.ts'
import { useTemplateRoute } from '../templates/use-template-route.ts'

/** The routes about everything that is in a workspace's document. */
export function recordRoutes(app: TypedApp, deps: RecordDeps): void {
  questRoutes(app, deps)
  const resources = [
    projectResource(deps),
    sectionResource(deps),
    tagResource,
    categoryResource,
    relationResource(deps),
    templateResource(deps),
  ]
  for (const resource of resources) recordResource(app, deps, resource)
  useTemplateRoute(app, deps)
  completionRoutes(app, deps)
  activityRoute(app, deps)
}
