import type { Result } from '@questlog/shared/domain/result'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import { Page, PageBody } from '../../app/Page.tsx'
import { goTo } from '../../app/route.ts'
import type { AccountFailure, SignInInput } from '../../app/session.ts'
import { type MessageKey, useTranslate } from '../../i18n/translate.ts'
import { invitationInHand } from '../parties/invitation-in-hand.ts'
import { TextField } from './TextField.tsx'

interface AccountPageProps {
  readonly title: MessageKey
  readonly text: MessageKey
  readonly submitLabel: MessageKey
  readonly busyLabel: MessageKey
  /** The e-mail to start with. */
  readonly email?: string
  /** A new password has rules to keep; one that exists does not. */
  readonly password: 'new' | 'current'
  readonly onSubmit: (input: SignInInput) => Promise<Result<null, AccountFailure>>
  /** Fields above the e-mail. */
  readonly above?: ReactNode
  /** Fields below the password. */
  readonly below?: ReactNode
  /** The way to the other of the two pages. */
  readonly otherwise: { readonly question: MessageKey; readonly href: string; readonly label: MessageKey }
}

const minPasswordLength = 8

/** A page that signs somebody in: busy while the server is asked, and a refusal in words above the button. */
export function AccountPage(props: AccountPageProps) {
  const t = useTranslate()
  const [email, setEmail] = useState(props.email ?? '')
  const [password, setPassword] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const isNew = props.password === 'new'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    setIsBusy(true)
    setFailure(null)
    const outcome = await props.onSubmit({ email, password })
    setIsBusy(false)
    if (outcome.ok) goTo(invitationInHand() === null ? '/' : '/join')
    else setFailure(outcome.error.message)
  }
  return (
    <Page title={t(props.title)}>
      <PageBody>
        <p className="max-w-prose text-soft">{t(props.text)}</p>
        <form onSubmit={(event) => void submit(event)} className="mt-4 grid max-w-sm gap-4">
          {props.above}
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
            autoComplete={`${props.password}-password`}
            {...(isNew ? { minLength: minPasswordLength, hint: t('account.passwordHint') } : {})}
            value={password}
            onChange={setPassword}
          />
          {props.below}
          <p role="alert" className="rounded bg-danger-wash px-3 py-2 text-danger empty:hidden">
            {failure === null ? null : t(failure)}
          </p>
          <button type="submit" aria-disabled={isBusy} className="button button-primary justify-self-start">
            {t(isBusy ? props.busyLabel : props.submitLabel)}
          </button>
        </form>
        <p className="mt-6">
          {t(props.otherwise.question)}{' '}
          <Link href={props.otherwise.href} className="font-semibold text-accent underline underline-offset-4">
            {t(props.otherwise.label)}
          </Link>
        </p>
      </PageBody>
    </Page>
  )
}
