import { createOtherSignIn } from '@questlog/shared/client/rest/sign-in-methods'
import { ok } from '@questlog/shared/domain/kernel/result'
import { useCallback, useEffect } from 'react'
import { Link } from 'wouter'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { ownServer } from '../../session/own-server.ts'
import { useSession } from '../../session/session-context.ts'
import { Alert } from '../../ui/Alert.tsx'
import { showToast } from '../../ui/toasts.ts'
import { providerRefusal, useProviderReturn } from '../account/provider-return.ts'
import { RemoteNote } from '../parties/RemoteNote.tsx'
import { AccountFrame, Section } from './AccountFrame.tsx'
import { PasskeySection } from './PasskeySection.tsx'
import { ProviderSection } from './ProviderSection.tsx'
import { TotpSection } from './TotpSection.tsx'
import { useAccountData } from './use-account-data.ts'
import { useAccountServices } from './use-account-services.ts'

/** Every way into the person's account. */
export function SignInMethodsPage() {
  return <AccountFrame>{({ email }) => <Methods email={email} />}</AccountFrame>
}

function Methods({ email }: { readonly email: string }) {
  const t = useTranslate()
  const { account } = useSession().rest
  const { methods } = useAccountServices()
  const ways = useAccountData(
    useCallback(async () => {
      const [own, offers] = await Promise.all([methods.list(), createOtherSignIn(account, ownServer).options()])
      if (!own.ok) return own
      return offers.ok ? ok({ own: own.value, offers: offers.value }) : offers
    }, [account, methods]),
  )
  const returned = useProviderReturn()
  const { value, reload } = ways
  const onChanged = () => void reload()
  const refusal: MessageKey | null = returned?.kind === 'refused' ? providerRefusal(returned.reason) : null
  const linked =
    returned?.kind === 'linked' ? value?.own.identities.find(({ id }) => id === returned.provider)?.name : undefined
  useEffect(() => {
    if (linked !== undefined) showToast({ tone: 'info', message: 'methods.linkDone', values: { name: linked } })
  }, [linked])
  return (
    <>
      <div className="mt-4">
        <Alert failure={refusal} takesFocus={refusal !== null} />
      </div>
      <RemoteNote of={ways} loading="settings.loading" />
      {value === null ? null : (
        <>
          <Section title={t('own.password')} text={t(value.own.password ? 'methods.passwordSet' : 'own.noPassword')}>
            <Link href="/settings/account" className="button mt-3">
              {t(value.own.password ? 'own.changePassword' : 'own.setPassword')}
            </Link>
          </Section>
          <TotpSection ways={value.own} email={email} onChanged={onChanged} />
          <PasskeySection passkeys={value.own.passkeys} isOffered={value.offers.passkeys} onChanged={onChanged} />
          <ProviderSection identities={value.own.identities} offered={value.offers.providers} onChanged={onChanged} />
        </>
      )}
    </>
  )
}
