import { Menu, MenuButton, MenuItem, MenuItems } from '@headlessui/react'
import { Link } from 'wouter'
import { type MessageKey, useTranslate } from '../i18n/translate.ts'
import { NavLink } from './NavLink.tsx'
import { useSessionState } from './session.ts'
import { openDialog } from './ui-store.ts'

const tab =
  'flex min-h-13 flex-1 items-center justify-center border-t-2 border-transparent px-1 text-[0.9375rem] aria-[current]:border-accent'

/** The navigation of narrow screens, where the thumb is. */
export function BottomBar() {
  const t = useTranslate()
  const person = useSessionState((state) => state.person)
  const links: readonly (readonly [string, MessageKey])[] = [
    ['/trash', 'nav.trash'],
    ['/sync', 'nav.sync'],
    ['/settings', 'nav.settings'],
    ...(person === null ? ([['/sign-in', 'account.signIn']] as const) : []),
  ]
  const item = 'block w-full rounded px-3 py-3 text-start data-focus:bg-hover'
  return (
    <nav
      aria-label={t('nav.main')}
      className="flex border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <NavLink href="/" className={tab}>
        {t('nav.inbox')}
      </NavLink>
      <NavLink href="/today" className={tab}>
        {t('nav.today')}
      </NavLink>
      <NavLink href="/projects" className={tab}>
        {t('nav.projects')}
      </NavLink>
      <Menu>
        <MenuButton className={tab}>{t('nav.more')}</MenuButton>
        <MenuItems
          anchor="top end"
          className="z-30 w-56 rounded-md border border-line bg-raised p-1 shadow-lg outline-none [--anchor-gap:8px]"
        >
          <MenuItem>
            <button type="button" className={item} onClick={() => openDialog('palette')}>
              {t('nav.find')}
            </button>
          </MenuItem>
          {links.map(([href, label]) => (
            <MenuItem key={href}>
              <Link href={href} className={item}>
                {t(label)}
              </Link>
            </MenuItem>
          ))}
        </MenuItems>
      </Menu>
    </nav>
  )
}
