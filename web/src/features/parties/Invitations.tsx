import type { InvitationResponse } from '@questlog/shared/protocol/members'
import type { Role } from '@questlog/shared/protocol/workspaces'
import { useCallback, useState } from 'react'
import { formatInstant } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession } from '../../session/session-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { showToast } from '../../ui/toasts.ts'
import { InviteDialog } from './InviteDialog.tsx'
import { partyFailureFrom } from './party-failure.ts'
import { RemoteNote } from './RemoteNote.tsx'
import { useRemote } from './use-remote.ts'

interface InvitationsProps {
  readonly workspaceId: string
  readonly ownRole: Role
}

/** The invitations that can still be used, and making another; for owners and administrators. */
export function Invitations({ workspaceId, ownRole }: InvitationsProps) {
  const t = useTranslate()
  const { rest } = useSession()
  const [isInviting, setIsInviting] = useState(false)
  const invitations = useRemote(useCallback(() => rest.parties.invitations(workspaceId), [rest, workspaceId]))
  const { value, reload } = invitations
  const revoke = async (id: string) => {
    const revoked = await rest.parties.revokeInvitation(workspaceId, id)
    if (revoked.ok) showToast({ tone: 'info', message: 'invite.revoked' })
    else showToast({ tone: 'error', message: partyFailureFrom(revoked.error) })
    await reload()
  }
  return (
    <section aria-labelledby="invitations-title" className="mt-8">
      <h2 id="invitations-title" className="text-base font-bold">
        {t('invite.title')}
      </h2>
      <p className="mt-1 text-soft">{t('invite.text')}</p>
      <RemoteNote of={invitations} loading="invite.loading" />
      {value === null ? null : value.length === 0 ? (
        <p className="mt-1 text-soft">{t('invite.none')}</p>
      ) : (
        <ul aria-labelledby="invitations-title" className="mt-2 border-t border-line">
          {value.map((invitation) => (
            <InvitationLine key={invitation.id} invitation={invitation} onRevoke={() => void revoke(invitation.id)} />
          ))}
        </ul>
      )}
      <button type="button" className="button mt-3" onClick={() => setIsInviting(true)}>
        {t('invite.new')}
      </button>
      {isInviting ? (
        <InviteDialog
          workspaceId={workspaceId}
          ownRole={ownRole}
          onMade={() => void reload()}
          onClose={() => setIsInviting(false)}
        />
      ) : null}
    </section>
  )
}

interface InvitationLineProps {
  readonly invitation: InvitationResponse
  readonly onRevoke: () => void
}

function InvitationLine({ invitation, onRevoke }: InvitationLineProps) {
  const t = useTranslate()
  const language = usePreferences((preferences) => preferences.language)
  const { role, email, uses, maxUses } = invitation
  const time = formatInstant(language, Date.parse(invitation.expiresAt))
  const used = maxUses === null ? t('invite.usedOften', { count: uses }) : t('invite.used', { uses, max: maxUses })
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
      <div className="min-w-0 flex-1 basis-52">
        <p>
          {t(`role.${role}`)}
          {email === null ? null : (
            <>
              {' · '}
              <bdi className="[overflow-wrap:anywhere]">{email}</bdi>
            </>
          )}
        </p>
        <p className="text-sm text-soft">
          {t('invite.until', { time })} · {used}
        </p>
      </div>
      <button
        type="button"
        className="button"
        aria-label={t('invite.revokeOf', { role: t(`role.${role}`), time })}
        onClick={onRevoke}
      >
        {t('invite.revoke')}
      </button>
    </li>
  )
}
