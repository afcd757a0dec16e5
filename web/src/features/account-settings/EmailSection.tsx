import type { AccountResponse } from '@questlog/shared/protocol/account'
import { useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/toasts.ts'
import { Section } from './AccountFrame.tsx'
import { SectionForm } from './SectionForm.tsx'
import { settingsFailure } from './settings-failure.ts'
import { useAccountServices } from './use-account-services.ts'
import { useConfirmed } from './use-confirmed.tsx'

/** The account's e-mail address: whether it is confirmed, and changing it by a link sent to the new one. */
export function EmailSection({ account }: { readonly account: AccountResponse }) {
  const t = useTranslate()
  const { own } = useAccountServices()
  const { confirmed, question } = useConfirmed()
  const [email, setEmail] = useState('')
  const { sendsMail, emailVerified } = account
  const state = sendsMail
    ? t(emailVerified ? 'own.verified' : 'own.unverified', { email: account.email })
    : account.email
  return (
    <Section title={t('own.email')} text={state}>
      {sendsMail ? null : <p className="mt-1 text-soft">{t('own.noMail')}</p>}
      {sendsMail && !emailVerified ? <Unverified email={account.email} /> : null}
      {sendsMail ? (
        <SectionForm
          submitLabel={t('own.changeEmail')}
          onSubmit={() => confirmed(() => own.changeEmail({ email: email.trim() }))}
          onDone={() => {
            showToast({ tone: 'info', message: 'own.emailAsked', values: { email: email.trim() } })
            setEmail('')
          }}
        >
          <TextField label={t('own.newEmail')} type="email" autoComplete="email" value={email} onChange={setEmail} />
        </SectionForm>
      ) : null}
      {question}
    </Section>
  )
}

/** Says what an unconfirmed address costs, and sends the link again. */
export function Unverified({ email }: { readonly email: string }) {
  const t = useTranslate()
  const { own } = useAccountServices()
  const [isBusy, setIsBusy] = useState(false)
  const resend = async () => {
    if (isBusy) return
    setIsBusy(true)
    const sent = await own.resendVerification()
    setIsBusy(false)
    if (sent.ok) showToast({ tone: 'info', message: 'own.resent', values: { email } })
    else showToast({ tone: 'error', message: settingsFailure(sent.error) })
  }
  return (
    <div className="mt-2 flex max-w-prose flex-wrap items-center gap-3 rounded bg-warn-wash px-3 py-2">
      <p className="min-w-0 flex-1 basis-60">{t('own.unverifiedText')}</p>
      <button type="button" className="button" aria-disabled={isBusy} onClick={() => void resend()}>
        {t('own.resend')}
      </button>
    </div>
  )
}
