import { createOtherSignIn, readProviderReturn } from '@questlog/shared/client/rest/sign-in-methods'
import { useEffect, useRef, useState } from 'react'
import { Link, Redirect } from 'wouter'
import { useTranslate } from '../../i18n/translate.ts'
import { type AccountFailure, accountFailureFrom } from '../../session/account-failure.ts'
import { ownServer } from '../../session/own-server.ts'
import { useLogOwner, useSession, useSessionState } from '../../session/session-context.ts'
import { goTo } from '../../ui/go-to.ts'
import { Page, PageBody } from '../../ui/Page.tsx'
import { invitationInHand } from '../parties/invitation-in-hand.ts'
import { AccountPage } from './AccountPage.tsx'
import { takeAnswer } from './answer-in-hand.ts'
import { OtherWays } from './OtherWays.tsx'
import { providerRefusal, useProviderReturn } from './provider-return.ts'

/** Signing in to an existing account, by any way this server offers; providers send the browser back to it. */
export function SignInPage() {
  const isSignedIn = useSessionState(({ person }) => person !== null)
  // The server sends everybody here whose visit it knows nothing of; somebody signed in was to link a provider.
  const isLink = isSignedIn && readProviderReturn(location.hash)?.kind === 'refused'
  return isLink ? <Redirect to={`/settings/sign-in${location.hash}`} replace /> : <SignIn />
}

function SignIn() {
  const returned = useProviderReturn()
  const [failed, setFailed] = useState<AccountFailure | null>(null)
  if (returned?.kind === 'done' && failed === null) return <AfterProvider onFailure={setFailed} />
  if (returned?.kind === 'second-factor')
    return <SignInForm attempt={{ message: 'account.error.secondFactor', challenge: returned.challenge }} />
  if (returned?.kind === 'refused') return <SignInForm attempt={{ message: providerRefusal(returned.reason) }} />
  return <SignInForm attempt={failed} />
}

function SignInForm({ attempt }: { readonly attempt: AccountFailure | null }) {
  const t = useTranslate()
  const session = useSession()
  // Whoever signed out on this device most likely signs in again.
  const owner = useLogOwner()
  return (
    <AccountPage
      text="account.signInText"
      submitLabel="account.signIn"
      busyLabel="account.signingIn"
      email={owner?.email ?? ''}
      password="current"
      onSubmit={session.signIn}
      attempt={attempt}
      below={
        <Link
          href="/forgot-password"
          className="justify-self-start font-semibold text-accent underline underline-offset-4"
        >
          {t('account.forgot')}
        </Link>
      }
      others={(onOutcome) => <OtherWays onOutcome={onOutcome} />}
      otherwise={{ question: 'account.noAccount', href: '/sign-up', label: 'account.signUp' }}
    />
  )
}

/** Takes over the session that a provider's sign-in has left in the cookie. */
function AfterProvider({ onFailure }: { readonly onFailure: (failure: AccountFailure) => void }) {
  const t = useTranslate()
  const session = useSession()
  const isAsked = useRef(false)
  useEffect(() => {
    if (isAsked.current) return
    isAsked.current = true
    const other = createOtherSignIn(session.rest.account, ownServer)
    void session.signInBy(other.afterProvider(), takeAnswer(session.windowMemory)).then((outcome) => {
      if (outcome.ok) goTo(invitationInHand(session.windowMemory) === null ? '/' : '/join')
      else onFailure(accountFailureFrom(outcome.error))
    })
  }, [session, onFailure])
  return (
    <Page>
      <PageBody>
        <p role="status">{t('signIn.returning')}</p>
      </PageBody>
    </Page>
  )
}
