import { ok } from '@questlog/shared/domain/kernel/result'
import type { PasskeyResponse } from '@questlog/shared/protocol/sign-in-methods'
import { useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { showToast } from '../../ui/toasts.ts'
import { canUsePasskeys, passkeyPlatform } from '../account/passkey-platform.ts'
import { Section } from './AccountFrame.tsx'
import { NameModal } from './NameModal.tsx'
import { PasskeyLine } from './PasskeyLine.tsx'
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
  const [renamingId, setRenamingId] = useState<string | null>(null)
  const renaming = passkeys.find(({ id }) => id === renamingId)
  const canAdd = isOffered && canUsePasskeys()
  const remove = async ({ id, name }: PasskeyResponse) => {
    const removed = await confirmed(() => methods.removePasskey(id))
    if (removed.ok) showToast({ tone: 'info', message: 'methods.passkeyRemoved', values: { name } })
    else showToast({ tone: 'error', message: settingsFailure(removed.error) })
    onChanged()
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
              onRename={() => setRenamingId(passkey.id)}
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
        <NameModal
          label={t('methods.passkeyName')}
          hint={t('methods.passkeyNameHint')}
          maxLength={60}
          title={t('methods.passkeyAdd')}
          submitLabel={t('methods.passkeyAdd')}
          initial={t('methods.passkeyDefault')}
          onSubmit={(name) => confirmed(() => methods.addPasskey(passkeyPlatform, name))}
          onDone={(name) => {
            setIsAdding(false)
            showToast({ tone: 'info', message: 'methods.passkeyAdded', values: { name } })
            onChanged()
          }}
          onClose={() => setIsAdding(false)}
        />
      ) : null}
      {renaming === undefined ? null : (
        <NameModal
          label={t('methods.passkeyName')}
          hint={t('methods.passkeyNameHint')}
          maxLength={60}
          title={t('methods.passkeyRename')}
          submitLabel={t('save')}
          initial={renaming.name}
          onSubmit={async (name) => (name === renaming.name ? ok(null) : methods.renamePasskey(renaming.id, name))}
          onDone={() => {
            setRenamingId(null)
            showToast({ tone: 'info', message: 'own.saved' })
            onChanged()
          }}
          onClose={() => setRenamingId(null)}
        />
      )}
      {question}
    </Section>
  )
}
