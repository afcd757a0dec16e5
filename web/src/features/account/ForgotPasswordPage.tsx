import { createMailedLinks } from '@questlog/shared/client/rest/own-account'
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { accountFailureFrom } from '../../session/account-failure.ts'
import { ownServer } from '../../session/own-server.ts'
import { useLogOwner } from '../../session/session-context.ts'
import { Alert } from '../../ui/Alert.tsx'
import { Page, PageBody } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Outcome } from './Outcome.tsx'

/** Asking for a mailed link with which a new password is chosen; the answer is the same for every address. */
export function ForgotPasswordPage() {
  const t = useTranslate()
  const owner = useLogOwner()
  const [email, setEmail] = useState(owner?.email ?? '')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    setIsBusy(true)
    setFailure(null)
    const asked = await createMailedLinks(ownServer).forgotPassword(email)
    setIsBusy(false)
    if (asked.ok) return setSentTo(email)
    const isMailless = asked.error.kind === 'problem' && asked.error.problem.code === 'mail-not-configured'
    setFailure(isMailless ? 'forgot.noMail' : accountFailureFrom(asked.error).message)
  }
  return (
    <Page>
      <PageBody>
        {sentTo === null ? (
          <>
            <p className="max-w-prose text-soft">{t('forgot.text')}</p>
            <form onSubmit={(event) => void submit(event)} className="mt-4 grid max-w-sm gap-4">
              <TextField
                label={t('account.email')}
                type="email"
                autoComplete="username"
                value={email}
                onChange={setEmail}
              />
              <Alert failure={failure} />
              <button type="submit" aria-disabled={isBusy} className="button button-primary justify-self-start">
                {t(isBusy ? 'forgot.sending' : 'forgot.send')}
              </button>
            </form>
          </>
        ) : (
          <Outcome title={t('forgot.sent')} text={t('forgot.sentText', { email: sentTo })} />
        )}
        <p className="mt-6">
          <Link href="/sign-in" className="font-semibold text-accent underline underline-offset-4">
            {t('signIn.back')}
          </Link>
        </p>
      </PageBody>
    </Page>
  )
}
