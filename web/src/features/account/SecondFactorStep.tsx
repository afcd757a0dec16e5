import { createOtherSignIn } from '@questlog/shared/client/rest/sign-in-methods'
import { type FormEvent, useState } from 'react'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { accountFailureFrom } from '../../session/account-failure.ts'
import { ownServer } from '../../session/own-server.ts'
import { useSession } from '../../session/session-context.ts'
import { Alert } from '../../ui/Alert.tsx'
import { Page, PageBody } from '../../ui/Page.tsx'
import { CodeField, sixDigits } from './CodeField.tsx'

interface SecondFactorStepProps {
  readonly challenge: string
  readonly onSignedIn: () => void
  /** Back to the first step, with the reason should it have to be repeated. */
  readonly onBack: (reason: MessageKey | null) => void
}

/** The second step of a sign-in: a code of the authenticator app, or one kept for a lost device. */
export function SecondFactorStep({ challenge, onSignedIn, onBack }: SecondFactorStepProps) {
  const t = useTranslate()
  const session = useSession()
  const [kind, setKind] = useState<'app' | 'recovery'>('app')
  const [code, setCode] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    setIsBusy(true)
    setFailure(null)
    const shown = kind === 'app' ? { code: sixDigits(code) } : { recoveryCode: code.trim() }
    const other = createOtherSignIn(session.rest.account, ownServer)
    const outcome = await session.signInBy(other.withSecondFactor(challenge, shown))
    setIsBusy(false)
    if (outcome.ok) return onSignedIn()
    const { message } = accountFailureFrom(outcome.error)
    if (message === 'account.error.expired') return onBack(message)
    setFailure(message)
    setCode('')
  }
  const change = () => {
    setKind(kind === 'app' ? 'recovery' : 'app')
    setCode('')
    setFailure(null)
  }
  return (
    <Page title={t('signIn.codeTitle')}>
      <PageBody>
        <p className="max-w-prose text-soft">{t(kind === 'app' ? 'signIn.codeText' : 'signIn.recoveryText')}</p>
        <form onSubmit={(event) => void submit(event)} className="mt-4 grid max-w-sm gap-4">
          <CodeField
            key={kind}
            kind={kind}
            takesFocus
            label={t(kind === 'app' ? 'signIn.code' : 'signIn.recoveryCode')}
            {...(kind === 'app' ? { hint: t('signIn.codeHint') } : {})}
            value={code}
            onChange={setCode}
          />
          <Alert failure={failure} />
          <div className="flex flex-wrap gap-2">
            <button type="submit" aria-disabled={isBusy} className="button button-primary">
              {t(isBusy ? 'account.signingIn' : 'signIn.continue')}
            </button>
            <button type="button" className="button" onClick={() => onBack(null)}>
              {t('signIn.back')}
            </button>
          </div>
        </form>
        <button type="button" className="button button-quiet mt-4 -ms-3" onClick={change}>
          {t(kind === 'app' ? 'signIn.useRecovery' : 'signIn.useApp')}
        </button>
      </PageBody>
    </Page>
  )
}
