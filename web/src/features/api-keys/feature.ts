import type { Feature } from '../../actions/feature.ts'
import { goesTo } from '../../actions/handlers.ts'
import { later } from '../../ui/later.tsx'

/** Keys with which a person's own programs use the server. */
export const apiKeys: Feature = {
  screens: [
    {
      path: '/settings/keys',
      title: 'apiKey.title',
      component: later(async () => (await import('./ApiKeysPage.tsx')).ApiKeysPage),
    },
  ],
  actions: [{ id: 'go-keys', name: 'action.goKeys', group: 'go', keys: [], run: goesTo('/settings/keys') }],
}
