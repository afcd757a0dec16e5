import type { Feature } from '../../actions/feature.ts'
import { goesTo } from '../../actions/handlers.ts'
import { later } from '../../ui/later.tsx'
// A part of a part: fetched ahead with the others.
import './later-history.ts'

/** What was changed, by whom, and the way back. */
export const history: Feature = {
  screens: [
    {
      path: '/activity',
      title: 'nav.activity',
      component: later(async () => (await import('./ActivityPage.tsx')).ActivityPage),
      nav: 'more',
    },
  ],
  actions: [{ id: 'go-activity', name: 'action.goActivity', group: 'go', keys: [], run: goesTo('/activity') }],
}
