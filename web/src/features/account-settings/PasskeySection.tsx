import type { PasskeyError } from '@questlog/shared/client/sign-in-methods'
import type { Result } from '@questlog/shared/domain/result'
import type { PasskeyResponse } from '@questlog/shared/protocol/sign-in-methods'
import { useState } from 'react'
import { Modal } from '../../app/Modal.tsx'
import { showToast } from '../../app/toasts.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { canUsePasskeys, passkeyPlatform } from '../account/passkey-platform.ts'
import { TextField } from '../account/TextField.tsx'
import { NameDialog } from '../projects/NameDialog.tsx'
import { Section } from './AccountFrame.tsx'
import { PasskeyLine } from './PasskeyLine.tsx'
import { SectionForm } from './SectionForm.tsx'
import { settingsFailure } from './settings-failure.ts'
import { useAccountServices } from './use-account-services.ts'
import { useConfirmed } from './use-confirmed.tsx'

interface PasskeySectionProps {
  readonly passkeys: readonly PasskeyResponse[]
  /** Whether passkeys work at this address. */
  readonly isOffered: boolean
  readonly onChanged: () => void
}

/** The person's passkeys: adding, naming and removing them. */
export function PasskeySection({ passkeys, isOffered, onChanged }: PasskeySectionProps) {
  const t = useTranslate()
  const { methods } = useAccountServices()
  const { confirmed, question } = useConfirmed()
  const [isAdding, setIsAdding] = useState(false)
  const [renaming, setRenaming] = useState<PasskeyResponse | null>(null)
  const canAdd = isOffered && canUsePasskeys()
  const told = (outcome: Result<unknown, PasskeyError>, done: () => void) => {
    if (outcome.ok) done()
    else showToast({ tone: 'error', message: settingsFailure(outcome.error) })
    onChanged()
  }
  const remove = async ({ id, name }: PasskeyResponse) => {
    const removed = await confirmed(() => methods.removePasskey(id))
    told(removed, () => showToast({ tone: 'info', message: 'methods.passkeyRemoved', values: { name } }))
  }
  const rename = async ({ id }: PasskeyResponse, name: string) => {
    told(await methods.renamePasskey(id, name), () => showToast({ tone: 'info', message: 'own.saved' }))
  }
  return (
    <Section title={t('methods.passkeys')} text={t('methods.passkeysText')}>
      {passkeys.length === 0 ? (
        <p className="mt-2">{t('methods.passkeysNone')}</p>
      ) : (
        <ul aria-label={t('methods.passkeys')} className="mt-3 border-t border-line">
          {passkeys.map((passkey) => (
            <PasskeyLine
              key={passkey.id}
              passkey={passkey}
              onRename={() => setRenaming(passkey)}
              onRemove={() => void remove(passkey)}
            />
          ))}
        </ul>
      )}
      {canAdd ? (
        <button type="button" className="button mt-3" onClick={() => setIsAdding(true)}>
          {t('methods.passkeyAdd')}
        </button>
      ) : (
        <p className="mt-2 text-soft">{t('methods.passkeysUnsupported')}</p>
      )}
      {isAdding ? (
        <AddPasskey
          confirmed={confirmed}
          onAdded={(name) => {
            setIsAdding(false)
            showToast({ tone: 'info', message: 'methods.passkeyAdded', values: { name } })
            onChanged()
          }}
          onClose={() => setIsAdding(false)}
        />
      ) : null}
      {renaming === null ? null : (
        <NameDialog
          title={t('methods.passkeyRename')}
          label={t('methods.passkeyName')}
          maxLength={60}
          initial={renaming.name}
          submitLabel={t('save')}
          onClose={() => setRenaming(null)}
          onSubmit={(name) => {
            void rename(renaming, name)
            return true
          }}
        />
      )}
      {question}
    </Section>
  )
}

interface AddPasskeyProps {
  readonly confirmed: ReturnType<typeof useConfirmed>['confirmed']
  readonly onAdded: (name: string) => void
  readonly onClose: () => void
}

function AddPasskey({ confirmed, onAdded, onClose }: AddPasskeyProps) {
  const t = useTranslate()
  const { methods } = useAccountServices()
  const [name, setName] = useState(() => t('methods.passkeyDefault'))
  const add = () => confirmed(() => methods.addPasskey(passkeyPlatform, name.trim()))
  return (
    <Modal title={t('methods.passkeyAdd')} onClose={onClose}>
      <SectionForm
        isPrimary
        submitLabel={t('methods.passkeyAdd')}
        onSubmit={add}
        onDone={() => onAdded(name.trim())}
        beside={
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
        }
      >
        <TextField
          label={t('methods.passkeyName')}
          type="text"
          autoComplete="off"
          hint={t('methods.passkeyNameHint')}
          value={name}
          onChange={(next) => setName(next.slice(0, 60))}
        />
      </SectionForm>
    </Modal>
  )
}
