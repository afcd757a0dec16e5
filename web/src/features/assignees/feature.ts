import type { Feature } from '../../actions/feature.ts'
import { opensForQuests } from '../quests/for-quests.ts'
import { AssignPicker } from './later-assign-picker.ts'

/** Assigning quests to members of a party. */
export const assignees: Feature = {
  actions: [
    {
      id: 'assign',
      name: 'action.assign',
      group: 'quest',
      keys: ['a'],
      when: ({ ref }) => ref.kind === 'party',
      run: opensForQuests(AssignPicker),
    },
  ],
}
