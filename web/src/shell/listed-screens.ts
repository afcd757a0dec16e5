import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import type { Screen } from '../actions/feature.ts'
import { screens } from './features.ts'

/** What the navigation lists beside the lists of quests: what is about the log on screen first. */
export function listedScreens(workspace: Workspace): readonly Screen[] {
  const offered = screens.filter(({ when }) => when === undefined || when(workspace))
  return (['log', 'more'] as const).flatMap((place) => offered.filter(({ nav }) => nav === place))
}
