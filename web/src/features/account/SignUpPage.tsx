import type { ListKey } from '@questlog/shared/domain/lists'
import { useState } from 'react'
import { Link } from 'wouter'
import { Page, PageBody } from '../../app/Page.tsx'
import { goTo } from '../../app/route.ts'
import { useLogOwner, useSession } from '../../app/session.ts'
import { useListCount } from '../../app/workspace-context.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { AccountForm, TextField } from './AccountForm.tsx'

const allKey: ListKey = { kind: 'all' }
const minPasswordLength = 8

/** Making an account, into which the local log goes unless the person wants it apart. */
export function SignUpPage() {
  const t = useTranslate()
  const session = useSession()
  const [email, setEmail] = useState('')
  const [displayName, setDisplayName] = useState('')
  const [password, setPassword] = useState('')
  const [claimsLocalLog, setClaimsLocalLog] = useState(true)
  const quests = useListCount(allKey)
  const isLocal = useLogOwner() === null
  const choices = [
    { claims: true, label: t('account.claim', { count: quests }), hint: t('account.claimText') },
    { claims: false, label: t('account.keepApart'), hint: t('account.keepApartText') },
  ]
  return (
    <Page title={t('account.signUp')}>
      <PageBody>
        <p className="max-w-prose text-soft">{t('account.signUpText')}</p>
        <AccountForm
          submitLabel="account.create"
          busyLabel="account.creating"
          onSubmit={() => session.signUp({ email, password, displayName, claimsLocalLog })}
          onDone={() => goTo('/')}
        >
          <TextField
            label={t('account.name')}
            type="text"
            autoComplete="name"
            value={displayName}
            onChange={setDisplayName}
          />
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
            autoComplete="new-password"
            minLength={minPasswordLength}
            hint={t('account.passwordHint')}
            value={password}
            onChange={setPassword}
          />
          {quests === 0 || !isLocal ? null : (
            <fieldset className="grid gap-2">
              <legend className="mb-1 font-semibold">{t('account.localLog')}</legend>
              {choices.map(({ claims, label, hint }) => (
                <label
                  key={String(claims)}
                  className="flex gap-3 rounded border border-line p-3 has-checked:border-accent"
                >
                  <input
                    type="radio"
                    name="local-log"
                    className="mt-1 size-4 shrink-0"
                    checked={claimsLocalLog === claims}
                    onChange={() => setClaimsLocalLog(claims)}
                  />
                  <span>
                    {label}
                    <span className="block text-sm text-soft">{hint}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          )}
        </AccountForm>
        <p className="mt-6">
          {t('account.haveAccount')}{' '}
          <Link href="/sign-in" className="font-semibold text-accent underline underline-offset-4">
            {t('account.signIn')}
          </Link>
        </p>
      </PageBody>
    </Page>
  )
}
