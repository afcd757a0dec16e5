import type { Feature } from '../../actions/feature.ts'
import { goesTo, opens } from '../../actions/handlers.ts'
import { later } from '../../ui/later.tsx'
import { NewParty } from './later-new-party.ts'
import { SwitchLog } from './later-switch-log.ts'

/** Logs that are shared, and the way from one log to another. */
export const parties: Feature = {
  screens: [
    {
      path: '/party',
      title: 'party.page',
      component: later(async () => (await import('./PartyPage.tsx')).PartyPage),
      nav: 'log',
      when: ({ ref }) => ref.kind === 'party',
    },
    {
      path: '/join',
      title: 'join.title',
      component: later(async () => (await import('./JoinPage.tsx')).JoinPage),
    },
    {
      path: '/assigned/:id',
      title: 'assigned.title',
      component: later(async () => (await import('./AssignedPage.tsx')).AssignedPage),
    },
  ],
  actions: [
    { id: 'new-party', name: 'action.newParty', group: 'general', keys: [], run: opens(NewParty) },
    { id: 'switch-log', name: 'party.choose', group: 'go', keys: ['g w'], run: opens(SwitchLog) },
    { id: 'go-party', name: 'action.goParty', group: 'go', keys: [], run: goesTo('/party') },
  ],
}
