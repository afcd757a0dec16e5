import { type Action, inGroups } from '../actions/action.ts'
import type { Feature, Screen } from '../actions/feature.ts'
import { account } from '../features/account/feature.ts'
import { accountSettings } from '../features/account-settings/feature.ts'
import { apiKeys } from '../features/api-keys/feature.ts'
import { assignees } from '../features/assignees/feature.ts'
import { history } from '../features/history/feature.ts'
import { keys } from '../features/keys/feature.ts'
import { palette } from '../features/palette/feature.ts'
import { parties } from '../features/parties/feature.ts'
import { projects } from '../features/projects/feature.ts'
import { quests } from '../features/quests/feature.ts'
import { settings } from '../features/settings/feature.ts'
import { sync } from '../features/sync/feature.ts'
import { trash } from '../features/trash/feature.ts'
import { undo } from '../features/undo/feature.ts'

/** Every feature of the app, in the order in which people find what belongs to them. */
const features: readonly Feature[] = [
  palette,
  quests,
  undo,
  keys,
  projects,
  assignees,
  history,
  trash,
  sync,
  settings,
  parties,
  apiKeys,
  account,
  accountSettings,
]

/** Every page that has an address. */
export const screens: readonly Screen[] = features.flatMap((feature) => feature.screens ?? [])

/** Everything that can be done in the app, as the list of keys and the palette show it. */
export const actions: readonly Action[] = inGroups(features.flatMap((feature) => feature.actions ?? []))
