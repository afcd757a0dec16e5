import { useTranslate } from '../i18n/translate.ts'
import { openDialog } from '../ui/dialogs.ts'
import { NavLink } from '../ui/NavLink.tsx'
import { MoreMenu } from './later-more-menu.ts'

const tab =
  'flex min-h-13 flex-1 items-center justify-center border-t-2 border-transparent px-1 text-[0.9375rem] aria-[current]:border-accent forced-colors:not-aria-[current]:border-[Canvas]'

/** The navigation of narrow screens, where the thumb is. */
export function BottomBar() {
  const t = useTranslate()
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
      <button type="button" aria-haspopup="dialog" className={tab} onClick={() => openDialog(MoreMenu)}>
        {t('nav.more')}
      </button>
    </nav>
  )
}
