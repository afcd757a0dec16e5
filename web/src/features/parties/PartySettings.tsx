import type { MemberResponse } from '@questlog/shared/protocol/members'
import { isAtLeast } from '@questlog/shared/protocol/workspaces'
import { useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useRole, useSession, useSessionState, useWorkspaceName } from '../../session/session-context.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { goTo } from '../../ui/go-to.ts'
import { NameDialog } from '../../ui/NameDialog.tsx'
import { showToast } from '../../ui/toasts.ts'
import { DeleteParty } from './DeleteParty.tsx'
import { partyFailureFrom } from './party-failure.ts'

interface PartySettingsProps {
  readonly workspaceId: string
  /** Null while they are not known. */
  readonly members: readonly MemberResponse[] | null
}

/** What concerns the party as a whole: its name, leaving it, deleting it. */
export function PartySettings({ workspaceId, members }: PartySettingsProps) {
  const t = useTranslate()
  const session = useSession()
  const role = useRole()
  const name = useWorkspaceName()
  const unsaved = useSessionState(({ logs }) => logs.find(({ ref }) => ref.id === workspaceId)?.unsavedChanges ?? 0)
  const [asking, setAsking] = useState<'rename' | 'leave' | 'delete' | null>(null)
  const isOnlyOwner = role === 'owner' && members?.filter((member) => member.role === 'owner').length === 1
  const rename = async (next: string) => {
    const renamed = await session.rest.parties.rename(workspaceId, next)
    if (!renamed.ok) showToast({ tone: 'error', message: partyFailureFrom(renamed.error) })
    await session.refreshWorkspaces()
  }
  const leave = async () => {
    setAsking(null)
    const left = await session.rest.parties.leave(workspaceId)
    if (!left.ok) return showToast({ tone: 'error', message: partyFailureFrom(left.error) })
    goTo('/')
    await session.removeShown()
    showToast({ tone: 'info', message: 'party.left', values: { name } })
  }
  return (
    <section aria-labelledby="party-settings-title" className="mt-8">
      <h2 id="party-settings-title" className="text-base font-bold">
        {t('party.settings')}
      </h2>
      {isOnlyOwner ? <p className="mt-1 text-soft">{t('party.ownerLeave')}</p> : null}
      <div className="mt-3 flex flex-wrap gap-2">
        {isAtLeast(role, 'admin') ? (
          <button type="button" className="button" onClick={() => setAsking('rename')}>
            {t('party.rename')}
          </button>
        ) : null}
        <button type="button" className="button" disabled={isOnlyOwner} onClick={() => setAsking('leave')}>
          {t('party.leave')}
        </button>
        {role === 'owner' ? (
          <button type="button" className="button button-danger" onClick={() => setAsking('delete')}>
            {t('party.delete')}
          </button>
        ) : null}
      </div>
      {asking === 'rename' ? (
        <NameDialog
          title={t('party.rename')}
          label={t('party.name')}
          maxLength={100}
          initial={name}
          submitLabel={t('save')}
          onClose={() => setAsking(null)}
          onSubmit={(next) => {
            void rename(next)
            return true
          }}
        />
      ) : null}
      {asking === 'leave' ? (
        <ConfirmDialog
          title={t('party.leave')}
          question={t('party.leaveQuestion', { name })}
          onConfirm={() => void leave()}
          onClose={() => setAsking(null)}
        >
          {unsaved === 0 ? null : (
            <p role="alert" className="mt-3 rounded bg-danger-wash px-3 py-2 text-danger">
              {t('party.leaveUnsaved', { count: unsaved })}
            </p>
          )}
        </ConfirmDialog>
      ) : null}
      {asking === 'delete' ? (
        <DeleteParty workspaceId={workspaceId} name={name} onClose={() => setAsking(null)} />
      ) : null}
    </section>
  )
}
