import { isFoundIn } from '@questlog/shared/domain/kernel/fold-text'
import { type Translate, useTranslate } from '../../i18n/translate.ts'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { closeDialog, openNextDialog } from '../../ui/dialogs.ts'
import { PickDialog } from '../../ui/PickDialog.tsx'
import { changeWorkspace, nameOfEntry } from './change-workspace.ts'
import { NewParty } from './later-new-party.ts'
import { useWorkspaceEntries } from './use-workspace-entries.ts'
import type { WorkspaceEntry } from './workspace-entries.ts'

const newParty = 'new-party'

/** Changes to another log or party by its name, or makes a party. */
export function SwitchLog() {
  const t = useTranslate()
  const session = useSession()
  const isSignedIn = useSessionState((state) => state.person !== null)
  const { entries, shown } = useWorkspaceEntries()
  const options = (text: string) => {
    const picks = entries.map((entry) => ({
      key: entry.id,
      label: nameOfEntry(entry),
      detail: detailOf(t, entry, entry === shown),
    }))
    const all = isSignedIn ? [...picks, { key: newParty, label: t('party.new') }] : picks
    return all.filter(({ label }) => isFoundIn(text, label))
  }
  const pick = (key: string) => {
    if (key === newParty) return openNextDialog(NewParty)
    const entry = entries.find(({ id }) => id === key)
    if (entry !== undefined) void changeWorkspace(session, entry)
  }
  return (
    <PickDialog
      title={t('party.choose')}
      placeholder={t('party.logs')}
      options={options}
      onPick={({ key }) => pick(key)}
      onClose={closeDialog}
    />
  )
}

function detailOf(t: Translate, { kind, role, where, unsavedChanges }: WorkspaceEntry, isShown: boolean): string {
  if (isShown) return t('device.shown')
  if (where === 'gone') return t('party.noLonger')
  if (unsavedChanges > 0) return t('party.unsaved', { count: unsavedChanges })
  if (role === 'guest') return t('party.assignedTo')
  if (where === 'server') return t('party.onServer')
  return kind === 'party' ? t(`role.${role}`) : kind === 'local' ? t('device.onlyHere') : ''
}
