import { createOtherSignIn } from '@questlog/shared/client/rest/sign-in-methods'
import type { MergeAnswer } from '@questlog/shared/client/session/session'
import type { SessionFailure } from '@questlog/shared/client/session/session-failure'
import type { Result } from '@questlog/shared/domain/kernel/result'
import { useEffect, useMemo, useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { ownServer } from '../../session/own-server.ts'
import { useSession } from '../../session/session-context.ts'
import { keepAnswer } from './answer-in-hand.ts'
import { canUsePasskeys, passkeyPlatform } from './passkey-platform.ts'

interface OtherWaysProps {
  /** Somebody new has no passkey here yet; a provider makes them an account, and this becomes of the local log. */
  readonly signUp?: MergeAnswer
  readonly onOutcome: (outcome: Result<null, SessionFailure>) => void
}

interface Offers {
  readonly providers: readonly { readonly id: string; readonly name: string }[]
  readonly passkeys: boolean
}

/** The ways to sign in without a password that this server offers; nothing while it cannot be asked. */
export function OtherWays({ signUp, onOutcome }: OtherWaysProps) {
  const t = useTranslate()
  const session = useSession()
  const { account } = session.rest
  const other = useMemo(() => createOtherSignIn(account, ownServer), [account])
  const [offers, setOffers] = useState<Offers>({ providers: [], passkeys: false })
  const [busyWith, setBusyWith] = useState<'passkey' | 'provider' | null>(null)
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
  const hasPasskeys = signUp === undefined && offers.passkeys && canUsePasskeys()
  if (!hasPasskeys && offers.providers.length === 0) return null
  const signIn = async () => {
    if (busyWith !== null) return
    setBusyWith('passkey')
    const outcome = await session.signInBy(other.withPasskey(passkeyPlatform))
    setBusyWith(null)
    onOutcome(outcome)
  }
  const visit = async (id: string) => {
    if (busyWith !== null) return
    setBusyWith('provider')
    // The way there leaves the app, and ends at an error page of the browser while the server does not answer.
    const answer = await other.options()
    setBusyWith(null)
    if (!answer.ok) return onOutcome(answer)
    keepAnswer(session.windowMemory, signUp)
    location.assign(other.providerUrl(id, '/sign-in'))
  }
  return (
    <div className="mt-6 grid max-w-sm gap-2">
      <p className="flex items-center gap-3 text-sm text-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t('signIn.or')}
      </p>
      {hasPasskeys ? (
        <button type="button" aria-disabled={busyWith !== null} className="button" onClick={() => void signIn()}>
          {t(busyWith === 'passkey' ? 'signIn.passkeyBusy' : 'signIn.passkey')}
        </button>
      ) : null}
      {offers.providers.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          aria-disabled={busyWith !== null}
          className="button"
          onClick={() => void visit(id)}
        >
          {t(signUp === undefined ? 'signIn.provider' : 'signIn.providerNew', { name })}
        </button>
      ))}
    </div>
  )
}
