import type { SignInInput } from '@questlog/shared/client/session/session'
import type { SessionFailure } from '@questlog/shared/client/session/session-failure'
import type { Result } from '@questlog/shared/domain/kernel/result'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { type AccountFailure, accountFailureFrom } from '../../session/account-failure.ts'
import { useSession } from '../../session/session-context.ts'
import { Alert } from '../../ui/Alert.tsx'
import { goTo } from '../../ui/go-to.ts'
import { Page, PageBody } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { invitationInHand } from '../parties/invitation-in-hand.ts'
import { SecondFactorStep } from './SecondFactorStep.tsx'

interface AccountPageProps {
  readonly text: MessageKey
  readonly submitLabel: MessageKey
  readonly busyLabel: MessageKey
  /** The e-mail to start with. */
  readonly email?: string
  /** A new password has rules to keep; one that exists does not. */
  readonly password: 'new' | 'current'
  readonly onSubmit: (input: SignInInput) => Promise<Result<null, SessionFailure>>
  /** Fields above the e-mail. */
  readonly above?: ReactNode
  /** Fields below the password. */
  readonly below?: ReactNode
  /** What an attempt made elsewhere on the page, or before it was opened, came to. */
  readonly attempt?: AccountFailure | null
  /** Other ways in, below the form. */
  readonly others?: (onOutcome: (outcome: Result<null, SessionFailure>) => void) => ReactNode
  /** The way to the other of the two pages. */
  readonly otherwise: { readonly question: MessageKey; readonly href: string; readonly label: MessageKey }
}

const minPasswordLength = 8

/** A page that signs somebody in: busy while the server is asked, and a refusal in words above the button. */
export function AccountPage(props: AccountPageProps) {
  const t = useTranslate()
  const { windowMemory } = useSession()
  const [email, setEmail] = useState(props.email ?? '')
  const [password, setPassword] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(props.attempt?.message ?? null)
  const [challenge, setChallenge] = useState<string | null>(props.attempt?.challenge ?? null)
  const isNew = props.password === 'new'
  const leave = () => goTo(invitationInHand(windowMemory) === null ? '/' : '/join')
  const take = (outcome: Result<null, SessionFailure>) => {
    if (outcome.ok) return leave()
    const { challenge, message } = accountFailureFrom(outcome.error)
    setChallenge(challenge ?? null)
    setFailure(message)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    setIsBusy(true)
    setFailure(null)
    const outcome = await props.onSubmit({ email, password })
    setIsBusy(false)
    take(outcome)
  }
  if (challenge !== null)
    return (
      <SecondFactorStep
        challenge={challenge}
        onSignedIn={leave}
        onBack={(reason) => {
          setChallenge(null)
          setFailure(reason)
        }}
      />
    )
  return (
    <Page>
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
          <Alert failure={failure} takesFocus={props.attempt != null} />
          <button type="submit" aria-disabled={isBusy} className="button button-primary justify-self-start">
            {t(isBusy ? props.busyLabel : props.submitLabel)}
          </button>
        </form>
        {props.others?.(take)}
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
