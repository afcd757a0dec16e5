import type { SignInMethods, TotpEnrolment } from '@questlog/shared/protocol/sign-in-methods'
import { useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { Modal } from '../../ui/Modal.tsx'
import { showToast } from '../../ui/toasts.ts'
import { Section } from './AccountFrame.tsx'
import { firstProof, ProofFields, proofFrom } from './ProofFields.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { SectionForm } from './SectionForm.tsx'
import { settingsFailure } from './settings-failure.ts'
import { TotpSetup } from './TotpSetup.tsx'
import { useAccountServices } from './use-account-services.ts'
import { useConfirmed } from './use-confirmed.tsx'

interface TotpSectionProps {
  readonly ways: SignInMethods
  readonly email: string
  readonly onChanged: () => void
}

/** Two-step sign-in by an authenticator app: setting it up, new recovery codes, turning it off. */
export function TotpSection({ ways, email, onChanged }: TotpSectionProps) {
  const t = useTranslate()
  const { methods } = useAccountServices()
  const { confirmed, question } = useConfirmed()
  const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null)
  const [asking, setAsking] = useState<'off' | 'codes' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const begin = async () => {
    const begun = await confirmed(() => methods.beginTotp())
    if (begun.ok) setEnrolment(begun.value)
    else showToast({ tone: 'error', message: settingsFailure(begun.error) })
  }
  const show = (made: readonly string[]) => {
    setEnrolment(null)
    setAsking(null)
    setCodes(made)
    onChanged()
  }
  const text = ways.totp ? t('methods.twoStepOn', { count: ways.recoveryCodesLeft }) : t('methods.twoStepOff')
  return (
    <Section title={t('methods.twoStep')} text={text}>
      <div className="mt-3 flex flex-wrap gap-2">
        {ways.totp ? (
          <>
            <button type="button" className="button" onClick={() => setAsking('codes')}>
              {t('methods.newCodes')}
            </button>
            <button type="button" className="button" onClick={() => setAsking('off')}>
              {t('methods.turnOff')}
            </button>
          </>
        ) : (
          <button type="button" className="button" onClick={() => void begin()}>
            {t('methods.twoStepSetUp')}
          </button>
        )}
      </div>
      {enrolment === null ? null : <TotpSetup enrolment={enrolment} onOn={show} onClose={() => setEnrolment(null)} />}
      {asking === null ? null : (
        <ChangeTotp
          kind={asking}
          ways={ways}
          onCodes={show}
          onOff={() => {
            setAsking(null)
            showToast({ tone: 'info', message: 'methods.turnedOff' })
            onChanged()
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {codes === null ? null : (
        // Neither Escape nor a touch beside it closes it: the codes are never told again.
        <Modal title={t('methods.codesTitle')} onClose={() => {}}>
          <RecoveryCodes codes={codes} email={email} onKept={() => setCodes(null)} />
        </Modal>
      )}
      {question}
    </Section>
  )
}

interface ChangeTotpProps {
  readonly kind: 'off' | 'codes'
  readonly ways: SignInMethods
  readonly onCodes: (codes: readonly string[]) => void
  readonly onOff: () => void
  readonly onClose: () => void
}

function ChangeTotp({ kind, ways, onCodes, onOff, onClose }: ChangeTotpProps) {
  const t = useTranslate()
  const { methods } = useAccountServices()
  const [proof, setProof] = useState(() => firstProof(ways.password))
  const title = t(kind === 'off' ? 'methods.turnOff' : 'methods.newCodes')
  const change = async () => {
    if (kind === 'off') return methods.removeTotp(proofFrom(proof))
    const made = await methods.replaceRecoveryCodes(proofFrom(proof))
    if (made.ok) onCodes(made.value)
    return made
  }
  return (
    <Modal title={title} onClose={onClose}>
      <p>
        {kind === 'codes' ? `${t('methods.newCodesText')} ` : ''}
        {t('methods.proof')}
      </p>
      <SectionForm
        isPrimary
        submitLabel={title}
        onSubmit={change}
        onDone={() => {
          if (kind === 'off') onOff()
        }}
        beside={
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
        }
      >
        <ProofFields hasPassword={ways.password} hasTotp proof={proof} onChange={setProof} />
      </SectionForm>
    </Modal>
  )
}
