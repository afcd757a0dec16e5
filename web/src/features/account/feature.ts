import type { Feature } from '../../actions/feature.ts'
import { later } from '../../ui/later.tsx'

/** Getting an account, and the ways into it. */
export const account: Feature = {
  screens: [
    {
      path: '/sign-in',
      title: 'account.signIn',
      component: later(async () => (await import('./SignInPage.tsx')).SignInPage),
    },
    {
      path: '/sign-up',
      title: 'account.signUp',
      component: later(async () => (await import('./SignUpPage.tsx')).SignUpPage),
    },
    {
      path: '/forgot-password',
      title: 'forgot.title',
      component: later(async () => (await import('./ForgotPasswordPage.tsx')).ForgotPasswordPage),
    },
    {
      path: '/reset-password',
      title: 'reset.title',
      component: later(async () => (await import('./ResetPasswordPage.tsx')).ResetPasswordPage),
    },
    {
      path: '/confirm-address',
      title: 'confirm.title',
      component: later(async () => (await import('./ConfirmAddressPage.tsx')).ConfirmAddressPage),
    },
  ],
}
