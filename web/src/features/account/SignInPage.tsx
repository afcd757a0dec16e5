import { useState } from 'react'
import { Link } from 'wouter'
import { Page, PageBody } from '../../app/Page.tsx'
import { goTo } from '../../app/route.ts'
import { useLogOwner, useSession } from '../../app/session.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { AccountForm, TextField } from './AccountForm.tsx'

/** Signing in to an existing account. */
export function SignInPage() {
  const t = useTranslate()
  const session = useSession()
  // Whoever signed out on this device most likely signs in again.
  const owner = useLogOwner()
  const [email, setEmail] = useState(owner?.email ?? '')
  const [password, setPassword] = useState('')
  return (
    <Page title={t('account.signIn')}>
      <PageBody>
        <p className="max-w-prose text-soft">{t('account.signInText')}</p>
        <AccountForm
          submitLabel="account.signIn"
          busyLabel="account.signingIn"
          onSubmit={() => session.signIn({ email, password })}
          onDone={() => goTo('/')}
        >
          <TextField
            label={t('account.email')}
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
          />
          <TextField
            label={t('account.password')}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
        </AccountForm>
        <p className="mt-6">
          {t('account.noAccount')}{' '}
          <Link href="/sign-up" className="font-semibold text-accent underline underline-offset-4">
            {t('account.signUp')}
          </Link>
        </p>
      </PageBody>
    </Page>
  )
}
