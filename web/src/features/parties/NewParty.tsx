import { type FormEvent, useId, useState } from 'react'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession } from '../../session/session-context.ts'
import { closeDialog } from '../../ui/dialogs.ts'
import { goTo } from '../../ui/go-to.ts'
import { Modal } from '../../ui/Modal.tsx'
import { partyFailureFrom } from './party-failure.ts'

/** Asks for a name, makes the party and opens its page, where others are invited. */
export function NewParty() {
  const t = useTranslate()
  const session = useSession()
  const id = useId()
  const [name, setName] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const create = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy || name.trim() === '') return
    setIsBusy(true)
    setFailure(null)
    const made = await session.rest.parties.create(name.trim())
    setIsBusy(false)
    if (!made.ok) return setFailure(partyFailureFrom(made.error))
    closeDialog()
    await session.adopt(made.value)
    goTo('/party')
  }
  return (
    <Modal title={t('party.newTitle')} onClose={closeDialog}>
      <form onSubmit={(event) => void create(event)}>
        <p className="mb-3 text-soft">{t('party.newText')}</p>
        <label htmlFor={id} className="mb-1 block font-semibold">
          {t('party.name')}
        </label>
        <input
          id={id}
          data-autofocus
          dir="auto"
          maxLength={100}
          autoComplete="off"
          className="control w-full"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <p role="alert" className="mt-3 rounded bg-danger-wash px-3 py-2 text-danger empty:hidden">
          {failure === null ? null : t(failure)}
        </p>
        <div className="mt-4 flex justify-end gap-2">
          <button type="button" className="button" onClick={closeDialog}>
            {t('cancel')}
          </button>
          <button type="submit" className="button button-primary" aria-disabled={isBusy} disabled={name.trim() === ''}>
            {t(isBusy ? 'party.creating' : 'party.create')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
