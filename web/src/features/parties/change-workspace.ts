import type { Session } from '@questlog/shared/client/session/session'
import { translate } from '../../i18n/translate.ts'
import { accountFailureFrom } from '../../session/account-failure.ts'
import { goTo } from '../../ui/go-to.ts'
import { announce, showToast } from '../../ui/toasts.ts'
import { assignedHref } from './assigned-href.ts'
import type { WorkspaceEntry } from './workspace-entries.ts'

/** Changes to another log or party and says so; says why when it cannot be opened. */
export async function changeWorkspace(session: Session, entry: WorkspaceEntry): Promise<void> {
  if (entry.role === 'guest' && entry.where !== 'gone') return goTo(assignedHref(entry.id))
  const opened = await session.openWorkspace(entry.id)
  if (!opened.ok) return showToast({ tone: 'error', message: accountFailureFrom(opened.error).message })
  goTo('/')
  announce(translate('party.opened', { name: nameOfEntry(entry) }))
}

/** What a log or party is called on screen. */
export function nameOfEntry({ kind, name }: Pick<WorkspaceEntry, 'kind' | 'name'>): string {
  if (kind === 'party') return name
  return translate(kind === 'personal' ? 'party.personal' : 'device.localLog')
}
