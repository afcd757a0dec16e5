import type { ReactNode } from 'react'
import { Link, useRoute } from 'wouter'
import { formatNumber } from '../i18n/format.ts'
import { usePreferences } from '../theme/preferences.ts'

interface NavLinkProps {
  readonly href: string
  readonly children: ReactNode
  readonly className: string
  readonly count?: number
}

/** A link of the navigation; the page shown now is marked as such. */
export function NavLink({ href, children, className, count }: NavLinkProps) {
  const [isCurrent] = useRoute(href)
  const language = usePreferences((preferences) => preferences.language)
  return (
    <Link
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      className={`${className} ${isCurrent ? 'font-semibold text-accent' : 'text-ink'}`}
    >
      {children}
      {count === undefined || count === 0 ? null : (
        <span aria-hidden="true" className="ms-auto ps-2 text-sm font-normal text-soft tabular-nums">
          {formatNumber(language, count)}
        </span>
      )}
    </Link>
  )
}
