import { isAtLeast } from '@questlog/shared/protocol/workspaces'
import { useCallback } from 'react'
import { formatInstant } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { useRemote } from '../parties/use-remote.ts'

/** Shows the owners and administrators of the log on screen that the server could not read some changes. */
export function SetAside() {
  const { ref } = useWorkspace()
  // The role the server gives now: it refuses people who ask with a role they had once.
  const role = useSessionState(({ workspaces }) => workspaces?.find(({ id }) => id === ref.id)?.role)
  return role !== undefined && isAtLeast(role, 'admin') ? <Notice key={ref.id} workspaceId={ref.id} /> : null
}

function Notice({ workspaceId }: { readonly workspaceId: string }) {
  const t = useTranslate()
  const { rest } = useSession()
  const language = usePreferences((preferences) => preferences.language)
  // If the server cannot be asked, there is nothing to show: the status above says so.
  const { value } = useRemote(useCallback(() => rest.parties.setAside(workspaceId), [rest, workspaceId]))
  if (value === null || value.since === null) return null
  const since = formatInstant(language, Date.parse(value.since))
  return (
    <section aria-labelledby="set-aside-title" className="mt-4 rounded-md bg-warn-wash p-4">
      <h2 id="set-aside-title" className="text-base font-bold">
        {t('setAside.title', { count: value.changes })}
      </h2>
      <p className="mt-1">{t('setAside.text', { count: value.changes, since })}</p>
      <p className="mt-1">{t('setAside.ask')}</p>
    </section>
  )
}
