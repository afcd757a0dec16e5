import {
  type CreatedInvitation,
  type InvitedRole,
  invitationUrl,
  invitedRoleSchema,
} from '@questlog/shared/protocol/members'
import { isAtLeast, type Role } from '@questlog/shared/protocol/workspaces'
import { type FormEvent, useState } from 'react'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession } from '../../session/session-context.ts'
import { CopyField } from '../../ui/CopyField.tsx'
import { EmailField } from '../../ui/EmailField.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import { partyFailureFrom } from './party-failure.ts'

interface InviteDialogProps {
  readonly workspaceId: string
  readonly ownRole: Role
  readonly onMade: () => void
  readonly onClose: () => void
}

const days = [1, 7, 30] as const
const uses = [1, 10, 0] as const

/** Makes an invitation as a chosen role and shows its link, this once. */
export function InviteDialog({ workspaceId, ownRole, onMade, onClose }: InviteDialogProps) {
  const t = useTranslate()
  const { rest } = useSession()
  const [role, setRole] = useState<InvitedRole>('member')
  const [expiresInDays, setExpiresInDays] = useState<(typeof days)[number]>(7)
  const [maxUses, setMaxUses] = useState<(typeof uses)[number]>(1)
  const [email, setEmail] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const [made, setMade] = useState<CreatedInvitation | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    setIsBusy(true)
    setFailure(null)
    const to = email.trim()
    const answer = await rest.parties.invite(workspaceId, {
      role,
      expiresInDays,
      maxUses: to !== '' || maxUses === 1 ? 1 : maxUses === 0 ? null : maxUses,
      ...(to === '' ? {} : { email: to }),
    })
    setIsBusy(false)
    if (!answer.ok) return setFailure(partyFailureFrom(answer.error))
    setMade(answer.value)
    onMade()
  }
  if (made !== null) return <InvitationReady invitation={made} onClose={onClose} />
  return (
    <Modal title={t('invite.new')} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <SelectField
          label={t('invite.role')}
          value={role}
          options={invitedRoleSchema.options.filter((option) => isAtLeast(ownRole, option)).toReversed()}
          name={(option) => t(`role.${option}`)}
          onChange={setRole}
        />
        <p className="-mt-2 text-sm text-soft">{t(`role.explain.${role}`)}</p>
        <div className="grid grid-cols-2 gap-3">
          <SelectField
            label={t('invite.expires')}
            value={expiresInDays}
            options={days}
            name={(count) => t('invite.days', { count })}
            onChange={setExpiresInDays}
          />
          {email.trim() === '' ? (
            <SelectField
              label={t('invite.uses')}
              value={maxUses}
              options={uses}
              name={(count) =>
                count === 0 ? t('invite.unlimited') : count === 1 ? t('invite.once') : t('invite.times', { count })
              }
              onChange={setMaxUses}
            />
          ) : null}
        </div>
        <EmailField label={t('invite.email')} hint={t('invite.emailHint')} value={email} onChange={setEmail} />
        <p role="alert" className="rounded bg-danger-wash px-3 py-2 text-danger empty:hidden">
          {failure === null ? null : t(failure)}
        </p>
        <div className="mt-1 flex justify-end gap-2">
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="button button-primary" aria-disabled={isBusy}>
            {t(isBusy ? 'invite.creating' : 'invite.create')}
          </button>
        </div>
      </form>
    </Modal>
  )
}

interface InvitationReadyProps {
  readonly invitation: CreatedInvitation
  readonly onClose: () => void
}

function InvitationReady({ invitation, onClose }: InvitationReadyProps) {
  const t = useTranslate()
  const { email, isMailed, token } = invitation
  return (
    <Modal title={t('invite.ready')} onClose={onClose}>
      <p className="mb-3">
        {t('invite.readyText')}{' '}
        {email === null ? null : isMailed ? t('invite.mailed', { email }) : t('invite.notMailed')}
      </p>
      <CopyField label={t('invite.link')} value={invitationUrl(location.origin, token)} />
      <div className="mt-4 flex justify-end">
        <button type="button" className="button" onClick={onClose}>
          {t('invite.done')}
        </button>
      </div>
    </Modal>
  )
}
