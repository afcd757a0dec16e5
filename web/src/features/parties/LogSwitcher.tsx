import { useTranslate } from '../../i18n/translate.ts'
import { useSessionState } from '../../session/session-context.ts'
import { openDialog } from '../../ui/dialogs.ts'
import { nameOfEntry } from './change-workspace.ts'
import { SwitchLog } from './later-switch-log.ts'
import { useWorkspaceEntries } from './use-workspace-entries.ts'

/** Says which log or party is on screen and opens the choice of others; nothing where there can be no other. */
export function LogSwitcher({ place }: { readonly place: 'side' | 'top' }) {
  const t = useTranslate()
  const { entries, shown } = useWorkspaceEntries()
  const isSignedIn = useSessionState((state) => state.person !== null)
  if (shown === undefined || (entries.length < 2 && (place === 'top' || !isSignedIn))) return null
  const name = nameOfEntry(shown)
  const elsewhere = entries.reduce((sum, { id, unsavedChanges }) => sum + (id === shown.id ? 0 : unsavedChanges), 0)
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={t('party.switch', { name })}
      onClick={() => openDialog(SwitchLog)}
      className={`flex min-w-0 items-center gap-2 px-3 hover:bg-hover pointer-coarse:min-h-11 ${place === 'side' ? 'mb-1 min-h-9 w-full rounded' : 'min-h-11 w-full border-b border-line bg-canvas pt-[env(safe-area-inset-top)] md:hidden'}`}
    >
      <span dir="auto" className="min-w-0 truncate font-semibold">
        {name}
      </span>
      {elsewhere === 0 ? null : (
        <span className="shrink-0 text-sm text-soft">{t('party.unsaved', { count: elsewhere })}</span>
      )}
      <svg viewBox="0 0 16 16" aria-hidden="true" className="ms-auto size-3.5 shrink-0 text-soft">
        <path d="m4 6 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      </svg>
    </button>
  )
}
