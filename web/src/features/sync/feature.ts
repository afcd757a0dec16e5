import type { Feature } from '../../actions/feature.ts'
import { goesTo } from '../../actions/handlers.ts'
import { later } from '../../ui/later.tsx'

/** Where every edit is, and the logs on this device. */
export const sync: Feature = {
  screens: [
    {
      path: '/devices',
      title: 'nav.sync',
      component: later(async () => (await import('./SyncPage.tsx')).SyncPage),
      nav: 'more',
    },
  ],
  actions: [{ id: 'go-sync', name: 'action.goSync', group: 'go', keys: [], run: goesTo('/devices') }],
}
