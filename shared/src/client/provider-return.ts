/** Where the browser goes to sign in with a provider; it comes back to `returnTo`, a path of the app. */
export function providerSignInUrl(baseUrl: string, providerId: string, returnTo: string): string {
  const provider = encodeURIComponent(providerId)
  return `${baseUrl}/api/v1/auth/oidc/${provider}/start?returnTo=${encodeURIComponent(returnTo)}`
}

/** How a visit to a provider ended, as the fragment of the address that the browser comes back to tells it. */
export type ProviderReturn =
  /** The session's cookie is there: `account.resume()`. */
  | { readonly kind: 'done' }
  | { readonly kind: 'linked'; readonly provider: string }
  | { readonly kind: 'second-factor'; readonly challenge: string }
  /** `reason` is one of `oidcRefusalSchema`, or one this client does not know yet. */
  | { readonly kind: 'refused'; readonly reason: string; readonly provider: string }

/** Reads `location.hash`; null where it tells of no visit. Clear it at once: it may hold a challenge. */
export function readProviderReturn(fragment: string): ProviderReturn | null {
  const told = new Map(fragment.replace(/^#/, '').split('&').map(readPair))
  const provider = told.get('provider') ?? ''
  switch (told.get('sign-in')) {
    case 'done':
      return { kind: 'done' }
    case 'linked':
      return { kind: 'linked', provider }
    case 'second-factor':
      return { kind: 'second-factor', challenge: told.get('challenge') ?? '' }
    case 'refused':
      return { kind: 'refused', reason: told.get('reason') ?? '', provider }
    default:
      return null
  }
}

// `URLSearchParams` is of the platform, and this runs on all of them.
function readPair(part: string): readonly [string, string] {
  const at = part.indexOf('=')
  return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return ''
  }
}
