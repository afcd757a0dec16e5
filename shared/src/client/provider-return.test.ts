import { expect, test } from 'vitest'
import { providerSignInUrl, readProviderReturn } from './provider-return.ts'

test('a visit to a provider comes back to the path it began at', () => {
  expect(providerSignInUrl('https://quest.example', 'acme', '/today?quest=1&x=y')).toBe(
    'https://quest.example/api/v1/auth/oidc/acme/start?returnTo=%2Ftoday%3Fquest%3D1%26x%3Dy',
  )
})

test('the fragment of an address tells how the visit ended', () => {
  const read = ['#sign-in=done', '#sign-in=linked&provider=acme', '#sign-in=second-factor&challenge=a-b_c'].map(
    readProviderReturn,
  )
  expect(read).toEqual([
    { kind: 'done' },
    { kind: 'linked', provider: 'acme' },
    { kind: 'second-factor', challenge: 'a-b_c' },
  ])
  expect(readProviderReturn('#sign-in=refused&reason=link-required&provider=acme')).toEqual({
    kind: 'refused',
    reason: 'link-required',
    provider: 'acme',
  })
})

test.each(['', '#', '#today', '#sign-in=else', '#sign-in=%', '#done'])('%j tells of no visit', (fragment) => {
  expect(readProviderReturn(fragment)).toBeNull()
})
