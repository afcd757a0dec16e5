import { isAtLeast } from '@questlog/shared/protocol/workspaces'
import { useCallback } from 'react'
import { Link } from 'wouter'
import { useTranslate } from '../../i18n/translate.ts'
import { useRole, useSession, useSessionState, useWorkspaceName } from '../../session/session-context.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { openDialog } from '../../ui/dialogs.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, PageBody } from '../../ui/Page.tsx'
import { Invitations } from './Invitations.tsx'
import { NewParty } from './later-new-party.ts'
import { MemberList } from './MemberList.tsx'
import { PartySettings } from './PartySettings.tsx'
import { useRemote } from './use-remote.ts'

/** The party on screen: who belongs to it, invitations, and what concerns it as a whole. */
export function PartyPage() {
  const t = useTranslate()
  const isSignedIn = useSessionState((state) => state.person !== null)
  const { ref } = useWorkspace()
  if (ref.kind === 'party' && isSignedIn) return <Party key={ref.id} id={ref.id} />
  return (
    <Page>
      {isSignedIn ? (
        <EmptyState title={t('party.notAParty')} text={t('party.notAPartyText')}>
          <button type="button" className="button button-primary mt-4" onClick={() => openDialog(NewParty)}>
            {t('party.newTitle')}
          </button>
        </EmptyState>
      ) : (
        <EmptyState title={t('party.signIn')} text={t('party.signInText')}>
          <Link href="/sign-in" className="button button-primary mt-4">
            {t('account.signIn')}
          </Link>
        </EmptyState>
      )}
    </Page>
  )
}

function Party({ id }: { readonly id: string }) {
  const t = useTranslate()
  const { members: names, rest } = useSession()
  const name = useWorkspaceName()
  const role = useRole()
  const load = useCallback(async () => {
    const answer = await rest.parties.members(id)
    if (answer.ok) names.keep(id, answer.value)
    return answer
  }, [rest, names, id])
  const members = useRemote(load)
  const count = members.value?.length
  return (
    <Page title={name} detail={count === undefined ? null : t('party.detail', { count })}>
      <PageBody>
        {isAtLeast(role, 'admin') ? null : (
          <p className="mt-1 mb-4 rounded bg-warn-wash px-3 py-2">
            {t(isAtLeast(role, 'member') ? 'members.memberNote' : 'members.viewerNote')}
          </p>
        )}
        <MemberList workspaceId={id} members={members} />
        {isAtLeast(role, 'admin') ? <Invitations workspaceId={id} ownRole={role} /> : null}
        <PartySettings workspaceId={id} members={members.value} />
      </PageBody>
    </Page>
  )
}
