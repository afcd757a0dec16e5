import type { Feature } from '../../actions/feature.ts'
import { later } from '../../ui/later.tsx'

/** What a person can do with their own account. */
export const accountSettings: Feature = {
  screens: [
    {
      path: '/settings/account',
      title: 'own.title',
      component: later(async () => (await import('./OwnAccountPage.tsx')).OwnAccountPage),
    },
    {
      path: '/settings/devices',
      title: 'devices.title',
      component: later(async () => (await import('./SignedInDevicesPage.tsx')).SignedInDevicesPage),
    },
    {
      path: '/settings/sign-in',
      title: 'methods.title',
      component: later(async () => (await import('./SignInMethodsPage.tsx')).SignInMethodsPage),
    },
    {
      path: '/settings/security',
      title: 'security.title',
      component: later(async () => (await import('./SecurityEventsPage.tsx')).SecurityEventsPage),
    },
  ],
}
