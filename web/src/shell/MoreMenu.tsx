import { Link } from 'wouter'
import { ActionPalette } from '../features/palette/later-palette.ts'
import { SwitchLog } from '../features/parties/later-switch-log.ts'
import { useTranslate } from '../i18n/translate.ts'
import { useSessionState } from '../session/session-context.ts'
import { useWorkspace } from '../session/workspace-context.ts'
import { closeDialog, openNextDialog } from '../ui/dialogs.ts'
import { Modal } from '../ui/Modal.tsx'
import { listedScreens } from './listed-screens.ts'

/** What the bottom bar has no room for. */
export function MoreMenu() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const person = useSessionState((state) => state.person)
  const ofNobody = person === null ? ([{ path: '/sign-in', title: 'account.signIn' }] as const) : []
  const row = 'block w-full rounded px-2 py-3 text-start hover:bg-hover'
  return (
    <Modal title={t('nav.more')} onClose={closeDialog}>
      <ul>
        <li>
          <button type="button" className={row} onClick={() => openNextDialog(ActionPalette)}>
            {t('nav.find')}
          </button>
        </li>
        {person === null ? null : (
          <li>
            <button type="button" className={row} onClick={() => openNextDialog(SwitchLog)}>
              {t('party.choose')}
            </button>
          </li>
        )}
        {[...listedScreens(workspace), ...ofNobody].map(({ path, title }) => (
          <li key={path}>
            <Link href={path} className={row} onClick={closeDialog}>
              {t(title)}
            </Link>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
