import type { SyncStatus } from '@questlog/shared/client/sync/sync-status'
import { type Translate, useTranslate } from '../../i18n/translate.ts'
import { useIsAhead, useSessionState, useWorkspaceName } from '../../session/session-context.ts'
import { useWorkspace, useWorkspaceState } from '../../session/workspace-context.ts'

/** What has happened to the person in a party, for a notice. */
export interface PartyRefusal {
  readonly title: string
  readonly text: string
}

/** Why the party on screen no longer takes edits of this person; null for other logs and other reasons. */
export function usePartyRefusal(): PartyRefusal | null {
  const t = useTranslate()
  const sync = useWorkspaceState((state) => state.sync)
  const { ref } = useWorkspace()
  const name = useWorkspaceName()
  const isGuest = useIsGuest()
  const isAhead = useIsAhead()
  if (isAhead && sync.kind === 'refused' && sync.reason === 'not-found') return null
  return ref.kind === 'party' ? partyRefusal(t, sync, name, isGuest) : null
}

/** Whether the person is a guest in the party on screen, as far as the server told. */
export function useIsGuest(): boolean {
  const { ref } = useWorkspace()
  return useSessionState(({ workspaces }) => workspaces?.find(({ id }) => id === ref.id)?.role === 'guest')
}

function partyRefusal(t: Translate, sync: SyncStatus, name: string, isGuest: boolean): PartyRefusal | null {
  if (sync.kind !== 'refused') return null
  switch (sync.reason) {
    case 'not-found':
      return {
        title: t(isGuest ? 'party.guestTitle' : 'party.lostTitle', { name }),
        text: t(isGuest ? 'party.guestText' : 'party.lostText'),
      }
    case 'role':
      return { title: t('party.roleTitle', { name }), text: t('party.roleText', { count: sync.unsavedChanges }) }
    default:
      return null
  }
}
