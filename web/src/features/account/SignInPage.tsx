import { useLogOwner, useSession } from '../../app/session.ts'
import { AccountPage } from './AccountPage.tsx'

/** Signing in to an existing account. */
export function SignInPage() {
  const session = useSession()
  // Whoever signed out on this device most likely signs in again.
  const owner = useLogOwner()
  return (
    <AccountPage
      title="account.signIn"
      text="account.signInText"
      submitLabel="account.signIn"
      busyLabel="account.signingIn"
      email={owner?.email ?? ''}
      password="current"
      onSubmit={session.signIn}
      otherwise={{ question: 'account.noAccount', href: '/sign-up', label: 'account.signUp' }}
    />
  )
}
