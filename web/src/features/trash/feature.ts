import type { Feature } from '../../actions/feature.ts'
import { goesTo } from '../../actions/handlers.ts'
import { later } from '../../ui/later.tsx'
import { targetIds } from '../quests/list-state.ts'
import { trashAll } from '../quests/quest-commands.ts'

/** What was thrown away, until it is removed for good. */
export const trash: Feature = {
  screens: [
    {
      path: '/trash',
      title: 'nav.trash',
      component: later(async () => (await import('./TrashPage.tsx')).TrashPage),
      nav: 'more',
    },
  ],
  actions: [
    {
      id: 'trash',
      name: 'quest.trash',
      group: 'quest',
      keys: ['Delete'],
      run(workspace) {
        const ids = targetIds()
        trashAll(workspace, ids)
        return ids.length > 0
      },
    },
    { id: 'go-trash', name: 'action.goTrash', group: 'go', keys: [], run: goesTo('/trash') },
  ],
}
