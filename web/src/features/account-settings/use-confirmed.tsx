import type { PasskeyError } from '@questlog/shared/client/rest/sign-in-methods'
import type { Result } from '@questlog/shared/domain/kernel/result'
import type { SignInMethods } from '@questlog/shared/protocol/sign-in-methods'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { Modal } from '../../ui/Modal.tsx'
import { firstProof, ProofFields, proofFrom } from './ProofFields.tsx'
import { SectionForm } from './SectionForm.tsx'
import { useAccountServices } from './use-account-services.ts'

type Action<Value> = () => Promise<Result<Value, PasskeyError>>

interface Confirmed {
  /** Does something; refused because the sign-in is too old, it asks who is there and does it once more. */
  readonly confirmed: <Value>(action: Action<Value>) => Promise<Result<Value, PasskeyError>>
  /** The question; to be rendered by whoever uses this. */
  readonly question: ReactNode
}

/** For what a session that somebody else got hold of must not do. */
export function useConfirmed(): Confirmed {
  const { methods } = useAccountServices()
  const [asking, setAsking] = useState<SignInMethods | null>(null)
  const answer = useRef<(isThere: boolean) => void>(() => {})
  const close = (isThere: boolean) => {
    setAsking(null)
    answer.current(isThere)
  }
  return {
    async confirmed(action) {
      const outcome = await action()
      const isTooOld =
        !outcome.ok && outcome.error.kind === 'problem' && outcome.error.problem.code === 'sign-in-too-old'
      if (!isTooOld) return outcome
      const ways = await methods.list()
      if (!ways.ok) return ways
      const isThere = await new Promise<boolean>((resolve) => {
        answer.current = resolve
        setAsking(ways.value)
      })
      return isThere ? action() : outcome
    },
    question: asking === null ? null : <Question ways={asking} onClose={close} />,
  }
}

interface QuestionProps {
  readonly ways: SignInMethods
  readonly onClose: (isThere: boolean) => void
}

function Question({ ways, onClose }: QuestionProps) {
  const t = useTranslate()
  const { methods } = useAccountServices()
  const [proof, setProof] = useState(() => firstProof(ways.password))
  const canProve = ways.password || ways.totp
  const cancel = (
    <button type="button" className="button" onClick={() => onClose(false)}>
      {t('cancel')}
    </button>
  )
  return (
    <Modal title={t('identity.title')} onClose={() => onClose(false)}>
      <p>{t(canProve ? 'identity.text' : 'identity.none')}</p>
      {canProve ? (
        <SectionForm
          isPrimary
          submitLabel={t('identity.confirm')}
          onSubmit={() => methods.confirmIdentity(proofFrom(proof))}
          onDone={() => onClose(true)}
          beside={cancel}
        >
          <ProofFields hasPassword={ways.password} hasTotp={ways.totp} proof={proof} onChange={setProof} />
        </SectionForm>
      ) : (
        <div className="mt-4">{cancel}</div>
      )}
    </Modal>
  )
}
