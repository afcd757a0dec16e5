import { useId, useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession } from '../../session/session-context.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { goTo } from '../../ui/go-to.ts'
import { showToast } from '../../ui/toasts.ts'
import { partyFailureFrom } from './party-failure.ts'

interface DeletePartyProps {
  readonly workspaceId: string
  readonly name: string
  readonly onClose: () => void
}

/** Deletes the party on screen for everybody, once its name was typed. */
export function DeleteParty({ workspaceId, name, onClose }: DeletePartyProps) {
  const t = useTranslate()
  const session = useSession()
  const id = useId()
  const [typed, setTyped] = useState('')
  const remove = async () => {
    onClose()
    const deleted = await session.rest.parties.delete(workspaceId, name)
    if (!deleted.ok) return showToast({ tone: 'error', message: partyFailureFrom(deleted.error) })
    goTo('/')
    await session.removeShown()
    showToast({ tone: 'info', message: 'party.deleted', values: { name } })
  }
  return (
    <ConfirmDialog
      title={t('party.delete')}
      question={t('party.deleteText', { name })}
      isReady={typed.trim() === name.trim()}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <label htmlFor={id} className="mt-4 mb-1 block font-semibold">
        {t('party.deleteConfirm')}
      </label>
      <input
        id={id}
        dir="auto"
        autoComplete="off"
        placeholder={name}
        className="control w-full"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </ConfirmDialog>
  )
}
