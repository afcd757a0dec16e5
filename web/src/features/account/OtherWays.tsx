import { createOtherSignIn } from '@questlog/shared/client/sign-in-methods'
import type { Result } from '@questlog/shared/domain/result'
import { useEffect, useMemo, useState } from 'react'
import { ownServer } from '../../app/own-server.ts'
import { type AccountFailure, useSession } from '../../app/session.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { canUsePasskeys, passkeyPlatform } from './passkey-platform.ts'

interface OtherWaysProps {
  readonly onOutcome: (outcome: Result<null, AccountFailure>) => void
}

interface Offers {
  readonly providers: readonly { readonly id: string; readonly name: string }[]
  readonly passkeys: boolean
}

/** The ways to sign in without a password that this server offers; nothing while it cannot be asked. */
export function OtherWays({ onOutcome }: OtherWaysProps) {
  const t = useTranslate()
  const session = useSession()
  const { account } = session.rest
  const other = useMemo(() => createOtherSignIn(account, ownServer), [account])
  const [offers, setOffers] = useState<Offers>({ providers: [], passkeys: false })
  const [isBusy, setIsBusy] = useState(false)
  useEffect(() => {
    let isShown = true
    const ask = async () => {
      const answer = await other.options()
      if (isShown && answer.ok) setOffers(answer.value)
    }
    void ask()
    const again = () => void ask()
    addEventListener('online', again)
    return () => {
      isShown = false
      removeEventListener('online', again)
    }
  }, [other])
  const hasPasskeys = offers.passkeys && canUsePasskeys()
  if (!hasPasskeys && offers.providers.length === 0) return null
  const signIn = async () => {
    if (isBusy) return
    setIsBusy(true)
    const outcome = await session.signInBy(other.withPasskey(passkeyPlatform))
    setIsBusy(false)
    onOutcome(outcome)
  }
  return (
    <div className="mt-6 grid max-w-sm gap-2">
      <p className="flex items-center gap-3 text-sm text-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t('signIn.or')}
      </p>
      {hasPasskeys ? (
        <button type="button" aria-disabled={isBusy} className="button" onClick={() => void signIn()}>
          {t(isBusy ? 'signIn.passkeyBusy' : 'signIn.passkey')}
        </button>
      ) : null}
      {offers.providers.map(({ id, name }) => (
        <a key={id} href={other.providerUrl(id, '/sign-in')} className="button">
          {t('signIn.provider', { name })}
        </a>
      ))}
    </div>
  )
}
