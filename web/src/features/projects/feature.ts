import type { Feature } from '../../actions/feature.ts'
import { goesTo } from '../../actions/handlers.ts'
import { mayChange } from '../../actions/perform.ts'
import { openDialog } from '../../ui/dialogs.ts'
import { later } from '../../ui/later.tsx'
import { NewProject } from './later-new-project.ts'

/** Projects, and the quests of each. */
export const projects: Feature = {
  screens: [
    {
      path: '/projects',
      title: 'nav.projects',
      component: later(async () => (await import('./ProjectsPage.tsx')).ProjectsPage),
    },
    {
      path: '/projects/:id',
      title: 'nav.projects',
      component: later(async () => (await import('./ProjectPage.tsx')).ProjectPage),
    },
  ],
  actions: [
    {
      id: 'new-project',
      name: 'project.new',
      group: 'general',
      keys: [],
      run(workspace) {
        if (mayChange(workspace)) openDialog(NewProject)
        return true
      },
    },
    { id: 'go-projects', name: 'action.goProjects', group: 'go', keys: ['g p'], run: goesTo('/projects') },
  ],
}
