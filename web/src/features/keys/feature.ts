import type { Feature } from '../../actions/feature.ts'
import { opens } from '../../actions/handlers.ts'
import { KeysHelp } from './later-keys.ts'

/** The list of keys. */
export const keys: Feature = {
  actions: [{ id: 'keys', name: 'action.keys', group: 'general', keys: ['?'], run: opens(KeysHelp) }],
}
