import { createMailedLinks, createOwnAccount } from '@questlog/shared/client/rest/own-account'
import { useState } from 'react'
import { Link } from 'wouter'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { accountFailureFrom } from '../../session/account-failure.ts'
import { ownServer } from '../../session/own-server.ts'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { Alert } from '../../ui/Alert.tsx'
import { Page, PageBody } from '../../ui/Page.tsx'
import { useLinkToken } from './link-in-hand.ts'
import { Outcome } from './Outcome.tsx'

/**
 * Where the mailed link that confirms an e-mail address leads. It waits for a press: programs that examine mail open what
 * is in it, and some of them run the page.
 */
export function ConfirmAddressPage() {
  const t = useTranslate()
  const token = useLinkToken()
  return (
    <Page>
      <PageBody>
        {token === null ? (
          <Outcome title={t('link.invalid')} text={`${t('link.invalidText')} ${t('confirm.again')}`}>
            <ToAccount />
          </Outcome>
        ) : (
          <Confirming key={token} token={token} />
        )}
      </PageBody>
    </Page>
  )
}

type Step = 'asking' | 'busy' | 'done' | 'invalid' | 'taken'

function Confirming({ token }: { readonly token: string }) {
  const t = useTranslate()
  const { account } = useSession().rest
  const [step, setStep] = useState<Step>('asking')
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const confirm = async () => {
    if (step === 'busy') return
    setStep('busy')
    setFailure(null)
    const confirmed = await createMailedLinks(ownServer).verifyEmail(token)
    if (confirmed.ok) {
      setStep('done')
      // Whoever is signed in here may now have another address.
      void createOwnAccount(account).read()
      return
    }
    const code = confirmed.error.kind === 'problem' ? confirmed.error.problem.code : null
    if (code === 'link-invalid') return setStep('invalid')
    if (code === 'email-taken') return setStep('taken')
    setStep('asking')
    setFailure(accountFailureFrom(confirmed.error).message)
  }
  if (step === 'asking' || step === 'busy')
    return (
      <div className="mt-2 grid max-w-prose gap-4">
        <p className="text-soft">{t('confirm.text')}</p>
        <Alert failure={failure} />
        <button
          type="button"
          aria-disabled={step === 'busy'}
          className="button button-primary justify-self-start"
          onClick={() => void confirm()}
        >
          {t(step === 'busy' ? 'confirm.busy' : 'confirm.button')}
        </button>
      </div>
    )
  const isDone = step === 'done'
  const text = isDone
    ? t('confirm.doneText')
    : `${t(step === 'taken' ? 'confirm.taken' : 'link.invalidText')} ${t('confirm.again')}`
  return (
    <Outcome title={t(isDone ? 'confirm.done' : 'link.invalid')} text={text}>
      <ToAccount />
    </Outcome>
  )
}

function ToAccount() {
  const t = useTranslate()
  const isSignedIn = useSessionState(({ person }) => person !== null)
  return (
    <Link href={isSignedIn ? '/settings/account' : '/sign-in'} className="button mt-4">
      {t(isSignedIn ? 'confirm.toAccount' : 'account.signIn')}
    </Link>
  )
}
