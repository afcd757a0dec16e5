import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { perform } from '../../actions/perform.ts'
import type { MessageKey } from '../../i18n/message.ts'
import { translate, type Values } from '../../i18n/translate.ts'
import { showToast } from '../../ui/toasts.ts'
import { recordsOf, type TrashRow } from './split-trash.ts'

/** Removes what these lines of the Trash stand for, for good, and says so. Returns whether it was done. */
export function purgeRows(workspace: Workspace, rows: readonly TrashRow[]): boolean {
  const what = purgedInWords(workspace, rows)
  const { questIds, projectIds } = recordsOf(rows)
  if (!perform(workspace, { kind: 'purgeQuests', ids: questIds, projectIds })) return false
  showToast({ tone: 'info', message: 'trash.purged', values: { what } })
  return true
}

/** What is asked before these lines are removed for good. */
export function purgeQuestion(workspace: Workspace, rows: readonly TrashRow[]): readonly [MessageKey, Values] {
  const title = onlyTitle(workspace, rows)
  if (title !== null) return ['trash.askOne', { title }]
  return ['trash.ask', { what: purgedInWords(workspace, rows) }]
}

function purgedInWords(workspace: Workspace, rows: readonly TrashRow[]): string {
  const { questIds, projectIds } = recordsOf(rows)
  const title = onlyTitle(workspace, rows)
  if (title !== null) return title
  const quests = translate('trash.quests', { count: questIds.length })
  const projects = translate('trash.projects', { count: projectIds.length })
  if (projectIds.length === 0) return quests
  return questIds.length === 0 ? projects : translate('trash.both', { quests, projects })
}

/** The title of the one quest, or the name of the one empty project; null where there is more. */
function onlyTitle({ projection }: Workspace, rows: readonly TrashRow[]): string | null {
  const [row] = rows
  if (row === undefined || rows.length > 1) return null
  if (row.kind === 'quest') return projection.quest(row.id)?.title ?? null
  return row.questIds.length === 0 ? (projection.project(row.id)?.name ?? null) : null
}
