import type { MemberResponse } from '@questlog/shared/protocol/members'
import { isAtLeast, type Role, roleSchema } from '@questlog/shared/protocol/workspaces'
import { useTranslate } from '../../i18n/translate.ts'
import { useMembers, useRole, useSession, useSessionState } from '../../session/session-context.ts'
import { ChosenSelect } from '../../ui/ChosenSelect.tsx'
import { showToast } from '../../ui/toasts.ts'
import { MemberMenu } from './MemberMenu.tsx'
import { partyFailureFrom } from './party-failure.ts'
import { RemoteNote } from './RemoteNote.tsx'
import type { Remote } from './use-remote.ts'

interface MemberListProps {
  readonly workspaceId: string
  readonly members: Remote<readonly MemberResponse[]>
}

type Listed = Pick<MemberResponse, 'userId' | 'displayName' | 'role'> & { readonly email: string | null }

/** Who belongs to the party, with their roles; while the server is away, as last seen and read-only. */
export function MemberList({ workspaceId, members }: MemberListProps) {
  const t = useTranslate()
  const lastSeen = useMembers(workspaceId)
  const listed: readonly Listed[] = members.value ?? lastSeen.map((member) => ({ ...member, email: null }))
  return (
    <section aria-labelledby="members-title" className="mt-2">
      <h2 id="members-title" className="text-base font-bold">
        {t('members.title')}
      </h2>
      <RemoteNote of={members} loading="members.loading" />
      {members.failure !== null && listed.length > 0 ? (
        <p className="text-sm text-soft">{t('members.asLastSeen')}</p>
      ) : null}
      {listed.length === 0 ? null : (
        <ul aria-labelledby="members-title" className="mt-2 border-t border-line">
          {listed.map((member) => (
            <MemberLine
              key={member.userId}
              workspaceId={workspaceId}
              member={member}
              isCurrent={members.value !== null && members.failure === null}
              onChanged={members.reload}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

interface MemberLineProps {
  readonly workspaceId: string
  readonly member: Listed
  /** Whether the server has just told of it, so that it can be changed. */
  readonly isCurrent: boolean
  readonly onChanged: () => Promise<void>
}

function MemberLine({ workspaceId, member, isCurrent, onChanged }: MemberLineProps) {
  const t = useTranslate()
  const session = useSession()
  const ownRole = useRole()
  const isOneself = useSessionState((state) => state.person?.id === member.userId)
  const { userId, displayName, role } = member
  const mayManage = isCurrent && isAtLeast(ownRole, 'admin') && isAtLeast(ownRole, role)
  const changeRole = async (next: Role) => {
    const changed = await session.rest.parties.changeRole(workspaceId, userId, next)
    if (!changed.ok) showToast({ tone: 'error', message: partyFailureFrom(changed.error) })
    else
      showToast({
        tone: 'info',
        message: 'members.roleChanged',
        values: { name: displayName, role: t(`role.${next}`) },
      })
    if (isOneself) void session.refreshWorkspaces()
    await onChanged()
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
      <div className="min-w-0 flex-1 basis-40">
        <p className="[overflow-wrap:anywhere]">
          <bdi className="font-semibold">{displayName}</bdi>
          {isOneself ? <span className="text-soft"> ({t('members.you')})</span> : null}
        </p>
        {member.email === null ? null : (
          <p dir="ltr" className="truncate text-start text-sm text-soft">
            {member.email}
          </p>
        )}
      </div>
      {mayManage ? (
        <ChosenSelect
          label={t('members.roleOf', { name: displayName })}
          value={role}
          options={roleSchema.options
            .filter((option) => isAtLeast(ownRole, option))
            .toReversed()
            .map((option) => ({ value: option, name: t(`role.${option}`) }))}
          action={(next) => t('members.roleGive', { name: displayName, role: t(`role.${next}`) })}
          onChoose={(next) => void changeRole(next)}
        />
      ) : (
        <span className="text-soft">{t(`role.${role}`)}</span>
      )}
      {mayManage && !isOneself ? <MemberMenu workspaceId={workspaceId} member={member} onChanged={onChanged} /> : null}
    </li>
  )
}
