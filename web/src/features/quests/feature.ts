import type { Feature } from '../../actions/feature.ts'
import { goesTo } from '../../actions/handlers.ts'
import { InboxPage } from './InboxPage.tsx'
import { listActions } from './list-actions.ts'
import { questActions } from './quest-actions.ts'
import { quickAdd } from './quick-add.ts'
import { TodayPage } from './TodayPage.tsx'

/** The lists of quests, and what can be done with the quests in them. */
export const quests: Feature = {
  // Not fetched later: one of them is the first screen.
  screens: [
    { path: '/', title: 'nav.inbox', component: InboxPage },
    { path: '/today', title: 'nav.today', component: TodayPage },
  ],
  actions: [
    quickAdd,
    ...listActions,
    ...questActions,
    { id: 'go-inbox', name: 'action.goInbox', group: 'go', keys: ['g i'], run: goesTo('/') },
    { id: 'go-today', name: 'action.goToday', group: 'go', keys: ['g t'], run: goesTo('/today') },
  ],
}
