import type { Feature } from '../../actions/feature.ts'
import { opens } from '../../actions/handlers.ts'
import { ActionPalette, QuestSearch } from './later-palette.ts'

/** Finding actions and quests by name. */
export const palette: Feature = {
  actions: [
    {
      id: 'palette',
      name: 'action.palette',
      group: 'general',
      keys: ['mod+k'],
      inFields: true,
      byKeyOnly: true,
      run: opens(ActionPalette),
    },
    { id: 'search', name: 'action.search', group: 'general', keys: ['/'], run: opens(QuestSearch) },
  ],
}
