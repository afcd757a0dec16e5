import { Link } from 'wouter'
import { closeDialog, openNextDialog } from '../features/quests/list-state.ts'
import { type MessageKey, useTranslate } from '../i18n/translate.ts'
import { useSessionState } from '../session/session-context.ts'
import { useWorkspace } from '../session/workspace-context.ts'
import { Modal } from '../ui/Modal.tsx'

const places: readonly (readonly [string, MessageKey])[] = [
  ['/activity', 'nav.activity'],
  ['/trash', 'nav.trash'],
  ['/devices', 'nav.sync'],
  ['/settings', 'nav.settings'],
]

/** What the bottom bar has no room for. */
export function MoreMenu() {
  const t = useTranslate()
  const person = useSessionState((state) => state.person)
  const { ref } = useWorkspace()
  const ofParty = ref.kind === 'party' ? ([['/party', 'party.page']] as const) : []
  const ofNobody = person === null ? ([['/sign-in', 'account.signIn']] as const) : []
  const shown = [...ofParty, ...places, ...ofNobody]
  const row = 'block w-full rounded px-2 py-3 text-start hover:bg-hover'
  return (
    <Modal title={t('nav.more')} onClose={closeDialog}>
      <ul>
        <li>
          <button type="button" className={row} onClick={() => openNextDialog('palette')}>
            {t('nav.find')}
          </button>
        </li>
        {person === null ? null : (
          <li>
            <button type="button" className={row} onClick={() => openNextDialog('switch-log')}>
              {t('party.choose')}
            </button>
          </li>
        )}
        {shown.map(([href, label]) => (
          <li key={href}>
            <Link href={href} className={row} onClick={closeDialog}>
              {t(label)}
            </Link>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
