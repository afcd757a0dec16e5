import type { Feature } from '../../actions/feature.ts'
import { goesTo } from '../../actions/handlers.ts'
import { later } from '../../ui/later.tsx'

/** What a person chooses for this device. */
export const settings: Feature = {
  screens: [
    {
      path: '/settings',
      title: 'nav.settings',
      component: later(async () => (await import('./SettingsPage.tsx')).SettingsPage),
      nav: 'more',
    },
  ],
  actions: [{ id: 'go-settings', name: 'action.goSettings', group: 'go', keys: [], run: goesTo('/settings') }],
}
