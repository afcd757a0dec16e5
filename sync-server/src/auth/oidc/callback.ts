import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { OidcRefusal } from '@questlog/shared/protocol/sign-in-methods'
import { isFamilyActive } from '../refresh-tokens.ts'
import type { RequestOrigin } from '../request-origin.ts'
import { type Authorization, finishAuthorization, takeAuthorization } from './authorization.ts'
import { accountOfIdentity, type IdentityDeps, linkIdentity } from './identities.ts'
import type { Provider } from './providers.ts'

/** What came back from a provider, in the browser. */
export interface Callback {
  readonly provider: Provider
  readonly origin: string
  readonly state: string
  /** The query as it came. */
  readonly query: string
  /** Whether it is the browser the sign-in was begun in. */
  readonly isSameBrowser: (bound: string) => boolean
}

/** How a visit to a provider ended: for which account, or why for none. */
export interface Returned {
  readonly authorization: Authorization
  readonly outcome: Result<{ readonly userId: string; readonly wasLink: boolean }, OidcRefusal>
}

/**
 * Ends a visit to a provider. Undefined when nothing, or nothing of this browser and this provider, is known of it:
 * then there is nowhere to go back to either. Each visit ends once.
 */
export async function endVisit(
  deps: IdentityDeps,
  callback: Callback,
  from: RequestOrigin,
): Promise<Returned | undefined> {
  const { provider, origin, state, query } = callback
  const taken = await takeAuthorization(deps, provider.settings.id, state)
  if (taken === undefined || !callback.isSameBrowser(taken.content.bound)) return undefined
  const { content: authorization, userId: linkTo } = taken
  const { codeVerifier, nonce, linkFamilyId } = authorization
  const answered = (outcome: Returned['outcome']): Returned => ({ authorization, outcome })

  const identity = await finishAuthorization(provider, origin, { state, query, codeVerifier, nonce })
  if (!identity.ok) return answered(identity)
  const vouched = { provider: provider.settings.id, identity: identity.value }
  if (linkTo === null) {
    const account = await accountOfIdentity(deps, vouched, from)
    return answered(account.ok ? ok({ userId: account.value, wasLink: false }) : account)
  }
  // Signed out meanwhile, here or from another device: the wish to link is over.
  if (linkFamilyId === null || !(await isFamilyActive(deps.db, linkFamilyId))) return answered(err('expired'))
  const by = { ...from, event: { ...from.event, actorId: linkTo, sessionId: linkFamilyId } }
  const linked = await linkIdentity(deps, linkTo, vouched, by)
  return answered(linked.ok ? ok({ userId: linkTo, wasLink: true }) : linked)
}
