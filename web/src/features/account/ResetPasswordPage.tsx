import { createMailedLinks } from '@questlog/shared/client/rest/own-account'
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { accountFailureFrom } from '../../session/account-failure.ts'
import { ownServer } from '../../session/own-server.ts'
import { useSession } from '../../session/session-context.ts'
import { Alert } from '../../ui/Alert.tsx'
import { Page, PageBody } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useLinkToken } from './link-in-hand.ts'
import { Outcome } from './Outcome.tsx'

/** Where the mailed link for a forgotten password leads. */
export function ResetPasswordPage() {
  const token = useLinkToken()
  return (
    <Page>
      <PageBody>{token === null ? <InvalidLink /> : <NewPassword key={token} token={token} />}</PageBody>
    </Page>
  )
}

function NewPassword({ token }: { readonly token: string }) {
  const t = useTranslate()
  const session = useSession()
  const [password, setPassword] = useState('')
  const [state, setState] = useState<'asking' | 'busy' | 'done' | 'invalid'>('asking')
  const [failure, setFailure] = useState<MessageKey | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (state === 'busy') return
    setState('busy')
    setFailure(null)
    const reset = await createMailedLinks(ownServer).resetPassword({ token, password })
    if (reset.ok) {
      setState('done')
      // The server has ended every session of the account; asking tells this device of its own.
      void session.refreshWorkspaces()
      return
    }
    const isInvalid = reset.error.kind === 'problem' && reset.error.problem.code === 'link-invalid'
    setState(isInvalid ? 'invalid' : 'asking')
    if (!isInvalid) setFailure(accountFailureFrom(reset.error).message)
  }
  if (state === 'invalid') return <InvalidLink />
  if (state === 'done')
    return (
      <Outcome title={t('reset.done')} text={t('reset.doneText')}>
        <Link href="/sign-in" className="button button-primary mt-4">
          {t('account.signIn')}
        </Link>
      </Outcome>
    )
  return (
    <>
      <p className="max-w-prose text-soft">{t('reset.text')}</p>
      <form onSubmit={(event) => void submit(event)} className="mt-4 grid max-w-sm gap-4">
        <TextField
          label={t('reset.password')}
          type="password"
          autoComplete="new-password"
          minLength={8}
          hint={t('account.passwordHint')}
          value={password}
          onChange={setPassword}
        />
        <Alert failure={failure} />
        <button type="submit" aria-disabled={state === 'busy'} className="button button-primary justify-self-start">
          {t(state === 'busy' ? 'reset.saving' : 'reset.save')}
        </button>
      </form>
    </>
  )
}

function InvalidLink() {
  const t = useTranslate()
  return (
    <Outcome title={t('link.invalid')} text={t('link.invalidText')}>
      <Link href="/forgot-password" className="button mt-4">
        {t('link.again')}
      </Link>
    </Outcome>
  )
}
