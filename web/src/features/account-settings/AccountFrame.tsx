import type { Person } from '@questlog/shared/client/session/device-log'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsSignedOut, useSessionState } from '../../session/session-context.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, PageBody } from '../../ui/Page.tsx'

/** The pages about one's own account, in order. */
export const accountPages: readonly { readonly href: string; readonly title: MessageKey }[] = [
  { href: '/settings/account', title: 'own.title' },
  { href: '/settings/sign-in', title: 'methods.title' },
  { href: '/settings/devices', title: 'devices.title' },
  { href: '/settings/security', title: 'security.title' },
  { href: '/settings/keys', title: 'apiKey.title' },
]

interface AccountFrameProps {
  readonly children: (person: Person) => ReactNode
}

/** The frame of a page about one's own account: the way to the others above, and nothing but a hint when signed out. */
export function AccountFrame({ children }: AccountFrameProps) {
  const t = useTranslate()
  const person = useSessionState((state) => state.person)
  const wasSignedOut = useIsSignedOut()
  return (
    <Page>
      {person === null ? (
        <div role={wasSignedOut ? 'alert' : undefined}>
          <EmptyState
            title={t(wasSignedOut ? 'settings.signedOut' : 'settings.signInFirst')}
            text={t(wasSignedOut ? 'settings.signedOutText' : 'settings.accountNone')}
          >
            <Link href="/sign-in" className="button button-primary mt-4">
              {t('account.signIn')}
            </Link>
          </EmptyState>
        </div>
      ) : (
        <PageBody>
          <AccountPages />
          {children(person)}
        </PageBody>
      )}
    </Page>
  )
}

function AccountPages() {
  const t = useTranslate()
  const [location] = useLocation()
  return (
    <nav aria-label={t('settings.pages')} className="mb-2 flex flex-wrap gap-x-1 gap-y-0.5 border-b border-line pb-2">
      {accountPages.map(({ href, title }) => (
        <Link
          key={href}
          href={href}
          aria-current={href === location ? 'page' : undefined}
          className="flex min-h-8 items-center rounded px-2.5 text-sm hover:bg-hover aria-[current]:bg-accent-wash aria-[current]:font-semibold pointer-coarse:min-h-11"
        >
          {t(title)}
        </Link>
      ))}
    </nav>
  )
}

interface SectionProps {
  readonly title: string
  readonly text?: string
  readonly children?: ReactNode
}

/** A titled part of such a page. */
export function Section({ title, text, children }: SectionProps) {
  return (
    <section className="mt-6 border-b border-line pb-6 last:border-b-0">
      <h2 className="text-base font-bold">{title}</h2>
      {text === undefined ? null : <p className="mt-1 max-w-prose text-soft [overflow-wrap:anywhere]">{text}</p>}
      {children}
    </section>
  )
}
