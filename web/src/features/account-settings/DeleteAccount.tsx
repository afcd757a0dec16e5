import { sumUnsaved } from '@questlog/shared/client/session/device-log-list'
import type { AccountResponse } from '@questlog/shared/protocol/account'
import { type FormEvent, useId, useState } from 'react'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { Alert } from '../../ui/Alert.tsx'
import { CheckField } from '../../ui/CheckField.tsx'
import { goTo } from '../../ui/go-to.ts'
import { Modal } from '../../ui/Modal.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/toasts.ts'
import { Section } from './AccountFrame.tsx'
import { settingsFailure } from './settings-failure.ts'
import { useAccountServices } from './use-account-services.ts'
import { useConfirmed } from './use-confirmed.tsx'

/** Deleting the account, once its address was typed and the password shown. */
export function DeleteAccount({ account }: { readonly account: AccountResponse }) {
  const t = useTranslate()
  const [isAsking, setIsAsking] = useState(false)
  return (
    <Section title={t('own.delete')} text={t('own.deleteText')}>
      <button type="button" className="button button-danger mt-3" onClick={() => setIsAsking(true)}>
        {t('own.delete')}
      </button>
      {isAsking ? <DeleteDialog account={account} onClose={() => setIsAsking(false)} /> : null}
    </Section>
  )
}

interface DeleteDialogProps {
  readonly account: AccountResponse
  readonly onClose: () => void
}

interface Party {
  readonly id: string
  readonly name: string
}

function DeleteDialog({ account, onClose }: DeleteDialogProps) {
  const t = useTranslate()
  const session = useSession()
  const { own } = useAccountServices()
  const { confirmed, question } = useConfirmed()
  const id = useId()
  const unsaved = useSessionState(({ logs }) => sumUnsaved(logs.filter(({ owner }) => owner?.id === account.id)))
  const [typed, setTyped] = useState('')
  const [password, setPassword] = useState('')
  const [parties, setParties] = useState<readonly Party[]>([])
  const [deleteParties, setDeleteParties] = useState(false)
  const [removesLogs, setRemovesLogs] = useState(true)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const isReady =
    typed.trim().toLowerCase() === account.email.toLowerCase() &&
    (!account.hasPassword || password !== '') &&
    (parties.length === 0 || deleteParties)
  const remove = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy || !isReady) return
    setIsBusy(true)
    setFailure(null)
    const proof = account.hasPassword ? { password } : {}
    const deleted = await confirmed(() => own.delete({ ...proof, deleteParties }))
    setIsBusy(false)
    if (deleted.ok) {
      goTo('/')
      showToast({ tone: 'info', message: 'own.deleted' })
      if (removesLogs) await session.removeLogsOf(account.id)
      return
    }
    if (deleted.error.kind === 'problem' && deleted.error.problem.code === 'sole-owner') {
      return setParties(deleted.error.problem.parties ?? [])
    }
    setFailure(settingsFailure(deleted.error))
  }
  return (
    <Modal title={t('own.delete')} onClose={onClose}>
      <p>{t('own.deleteQuestion')}</p>
      <form onSubmit={(event) => void remove(event)} className="mt-4 grid gap-3">
        <div>
          <label htmlFor={id} className="mb-1 block font-semibold">
            {t('own.deleteType')}
          </label>
          <input
            id={id}
            data-autofocus
            dir="ltr"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={account.email}
            className="control w-full"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        {account.hasPassword ? (
          <TextField
            label={t('account.password')}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
        ) : null}
        <CheckField
          label={t('own.deleteDevice')}
          hint={unsaved > 0 && removesLogs ? t('own.deleteUnsaved', { count: unsaved }) : t('own.deleteDeviceHint')}
          checked={removesLogs}
          onChange={setRemovesLogs}
        />
        <div role="alert" className="grid gap-2 rounded bg-warn-wash px-3 py-2 empty:hidden">
          {parties.length === 0 ? null : <p>{t('own.deleteParties', { count: parties.length })}</p>}
          {parties.length === 0 ? null : (
            <ul className="list-disc ps-5">
              {parties.map((party) => (
                <li key={party.id} dir="auto" className="[overflow-wrap:anywhere]">
                  {party.name}
                </li>
              ))}
            </ul>
          )}
        </div>
        {parties.length === 0 ? null : (
          <CheckField
            label={t('own.deletePartiesToo', { count: parties.length })}
            checked={deleteParties}
            onChange={setDeleteParties}
          />
        )}
        <Alert failure={failure} />
        <div className="flex flex-wrap justify-end gap-2">
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="button button-danger" aria-disabled={isBusy} disabled={!isReady}>
            {t('own.delete')}
          </button>
        </div>
      </form>
      {question}
    </Modal>
  )
}
