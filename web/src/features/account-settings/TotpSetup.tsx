import type { TotpEnrolment } from '@questlog/shared/protocol/sign-in-methods'
import { useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { CopyField } from '../../ui/CopyField.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { CodeField, sixDigits } from '../account/CodeField.tsx'
import { QrCode } from './QrCode.tsx'
import { SectionForm } from './SectionForm.tsx'
import { useAccountServices } from './use-account-services.ts'

interface TotpSetupProps {
  readonly enrolment: TotpEnrolment
  /** Turned on; the recovery codes are told this once. */
  readonly onOn: (recoveryCodes: readonly string[]) => void
  readonly onClose: () => void
}

/** Shows the secret for an authenticator app and asks for a first code of it. */
export function TotpSetup({ enrolment, onOn, onClose }: TotpSetupProps) {
  const t = useTranslate()
  const { methods } = useAccountServices()
  const [code, setCode] = useState('')
  const confirm = async () => {
    const on = await methods.confirmTotp(sixDigits(code))
    if (on.ok) onOn(on.value)
    return on
  }
  return (
    <Modal title={t('methods.twoStepSetUp')} onClose={onClose}>
      <p className="mb-3">{t('methods.scan')}</p>
      <div className="mb-3 flex justify-center">
        <QrCode label={t('methods.qr')} text={enrolment.uri} />
      </div>
      <CopyField label={t('methods.key')} value={enrolment.secret} />
      <SectionForm
        isPrimary
        submitLabel={t('methods.turnOn')}
        onSubmit={confirm}
        onDone={() => {}}
        beside={
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
        }
      >
        <CodeField
          kind="app"
          label={t('methods.firstCode')}
          hint={t('signIn.codeHint')}
          value={code}
          onChange={setCode}
        />
      </SectionForm>
    </Modal>
  )
}
