import { createMailedLinks, createOwnAccount } from '@questlog/shared/client/own-account'
import { useCallback, useEffect, useState } from 'react'
import { Link } from 'wouter'
import { accountFailureFrom } from '../../app/account-failure.ts'
import { ownServer } from '../../app/own-server.ts'
import { Page, PageBody } from '../../app/Page.tsx'
import { useSession, useSessionState } from '../../app/session.ts'
import { type MessageKey, useTranslate } from '../../i18n/translate.ts'
import { Alert } from './Alert.tsx'
import { useLinkToken } from './link-in-hand.ts'
import { Outcome } from './Outcome.tsx'

/** Where the mailed link that confirms an e-mail address leads. */
export function ConfirmAddressPage() {
  const t = useTranslate()
  const token = useLinkToken()
  return (
    <Page title={t('confirm.title')}>
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

type Ending = 'busy' | 'done' | 'invalid' | 'taken'

function Confirming({ token }: { readonly token: string }) {
  const t = useTranslate()
  const { account } = useSession().rest
  const [ending, setEnding] = useState<Ending>('busy')
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const confirm = useCallback(async () => {
    setFailure(null)
    const confirmed = await createMailedLinks(ownServer).verifyEmail(token)
    if (confirmed.ok) {
      setEnding('done')
      // Whoever is signed in here may now have another address.
      void createOwnAccount(account).read()
      return
    }
    const code = confirmed.error.kind === 'problem' ? confirmed.error.problem.code : null
    if (code === 'link-invalid') setEnding('invalid')
    else if (code === 'email-taken') setEnding('taken')
    else setFailure(accountFailureFrom(confirmed.error).message)
  }, [account, token])
  useEffect(() => void confirm(), [confirm])
  if (ending === 'busy')
    return (
      <div className="mt-2 grid max-w-prose gap-3">
        <Alert failure={failure} />
        {failure === null ? (
          <p role="status">{t('confirm.busy')}</p>
        ) : (
          <button type="button" className="button justify-self-start" onClick={() => void confirm()}>
            {t('retry')}
          </button>
        )}
      </div>
    )
  const isDone = ending === 'done'
  const text = isDone
    ? t('confirm.doneText')
    : `${t(ending === 'taken' ? 'confirm.taken' : 'link.invalidText')} ${t('confirm.again')}`
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
