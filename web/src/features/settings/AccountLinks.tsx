import type { Person } from '@questlog/shared/client/session/device-log'
import { useCallback } from 'react'
import { Link } from 'wouter'
import { useTranslate } from '../../i18n/translate.ts'
import { useSessionState } from '../../session/session-context.ts'
import { accountPages } from '../account-settings/AccountFrame.tsx'
import { Unverified } from '../account-settings/EmailSection.tsx'
import { useAccountData } from '../account-settings/use-account-data.ts'
import { useAccountServices } from '../account-settings/use-account-services.ts'

/** The account in the settings: the way to its pages, and a hint while its address is not confirmed. */
export function AccountLinks() {
  const t = useTranslate()
  const person = useSessionState((state) => state.person)
  return (
    <section className="mt-8 border-t border-line pt-4">
      <h2 className="text-base font-bold">{t('settings.account')}</h2>
      {person === null ? (
        <>
          <p className="mt-1 mb-3 text-soft">{t('settings.accountNone')}</p>
          <Link href="/sign-in" className="button">
            {t('account.signIn')}
          </Link>
        </>
      ) : (
        <SignedIn person={person} />
      )}
    </section>
  )
}

function SignedIn({ person }: { readonly person: Person }) {
  const t = useTranslate()
  const { own } = useAccountServices()
  const { value } = useAccountData(useCallback(() => own.read(), [own]))
  return (
    <>
      <p className="mt-1 text-soft [overflow-wrap:anywhere]">
        <bdi>{person.displayName}</bdi> · <bdi>{person.email}</bdi>
      </p>
      {value?.sendsMail && !value.emailVerified ? <Unverified email={value.email} /> : null}
      <ul className="mt-3 flex flex-wrap gap-2">
        {accountPages.map(({ href, title }) => (
          <li key={href}>
            <Link href={href} className="button">
              {t(title)}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
