import { type ApiKeyScope, apiKeyScopeSchema } from '@questlog/shared/protocol/api-keys'
import { type FormEvent, useId, useState } from 'react'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { Alert } from '../../ui/Alert.tsx'
import { CopyField } from '../../ui/CopyField.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import { settingsFailure } from '../account-settings/settings-failure.ts'

const lifetimes = [30, 90, 365, 0] as const
const dayMs = 86_400_000
const everywhere = 'all'

interface NewKeyProps {
  readonly onMade: () => void
  readonly onClose: () => void
}

/** Makes a key with a scope and shows it, this once. */
export function NewKey({ onMade, onClose }: NewKeyProps) {
  const t = useTranslate()
  const { apiKeys } = useSession().rest
  const workspaces = useSessionState((state) => state.workspaces) ?? []
  const id = useId()
  const [name, setName] = useState('')
  const [scope, setScope] = useState<ApiKeyScope>('read')
  const [place, setPlace] = useState<string>(everywhere)
  const [days, setDays] = useState<(typeof lifetimes)[number]>(90)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const [key, setKey] = useState<string | null>(null)
  const create = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy || name.trim() === '') return
    setIsBusy(true)
    setFailure(null)
    const made = await apiKeys.create({
      name: name.trim(),
      scope,
      workspaceId: place === everywhere ? null : place,
      expiresAt: days === 0 ? null : new Date(Date.now() + days * dayMs).toISOString(),
    })
    setIsBusy(false)
    if (!made.ok) return setFailure(settingsFailure(made.error))
    setKey(made.value.key)
    onMade()
  }
  if (key !== null)
    return (
      <Modal title={t('apiKey.ready')} onClose={onClose}>
        <p className="mb-3">{t('apiKey.readyText')}</p>
        <CopyField label={t('apiKey.key')} value={key} />
        <div className="mt-4 flex justify-end">
          <button type="button" className="button" onClick={onClose}>
            {t('invite.done')}
          </button>
        </div>
      </Modal>
    )
  const nameOf = (workspaceId: string) => {
    const ref = workspaces.find((workspace) => workspace.id === workspaceId)
    if (ref === undefined) return t('apiKey.forAll')
    return ref.kind === 'personal' ? t('party.personal') : ref.name
  }
  return (
    <Modal title={t('apiKey.new')} onClose={onClose}>
      <form onSubmit={(event) => void create(event)} className="grid gap-3">
        <div>
          <label htmlFor={id} className="mb-0.5 block text-[0.8125rem] text-soft">
            {t('apiKey.name')}
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
        </div>
        <SelectField
          label={t('apiKey.scope')}
          value={scope}
          options={apiKeyScopeSchema.options}
          name={(option) => t(`apiKey.scope.${option}`)}
          onChange={setScope}
        />
        <SelectField
          label={t('apiKey.for')}
          value={place}
          options={[everywhere, ...workspaces.map((ref) => ref.id)]}
          name={nameOf}
          onChange={setPlace}
        />
        <SelectField
          label={t('apiKey.expires')}
          value={days}
          options={lifetimes}
          name={(count) => (count === 0 ? t('apiKey.never') : t('apiKey.days', { count }))}
          onChange={setDays}
        />
        <Alert failure={failure} />
        <div className="mt-1 flex justify-end gap-2">
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="button button-primary" aria-disabled={isBusy} disabled={name.trim() === ''}>
            {t('apiKey.create')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
