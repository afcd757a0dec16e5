import { isFoundIn } from '@questlog/shared/domain/kernel/fold-text'
import type { UserId } from '@questlog/shared/domain/kernel/ids'
import { useEffect } from 'react'
import { offerUndo, perform } from '../../actions/perform.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useMembers, useSession } from '../../session/session-context.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { closeDialog } from '../../ui/dialogs.ts'
import { PickDialog } from '../../ui/PickDialog.tsx'
import { targetIds } from '../quests/list-state.ts'

/** Assigns the targeted quests to a member of the party, or takes them off one who has all of them. */
export function AssignPicker() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const { rememberMembers } = useSession()
  const ids = targetIds()
  // Who joined since the app was opened can be chosen too.
  useEffect(rememberMembers, [rememberMembers])
  const members = useMembers(workspace.ref.id).filter(({ role }) => role !== 'viewer')
  const hasAll = (userId: UserId) => ids.every((id) => workspace.projection.quest(id)?.assignees.has(userId))
  const pick = (userId: UserId) => {
    const kind = hasAll(userId) ? 'unassignQuest' : 'assignQuest'
    for (const id of ids) if (!perform(workspace, { kind, id, userId })) return
    const [only] = ids
    // Several are several commands, which one undo would not take back.
    if (only === undefined || ids.length > 1) return
    const name = workspace.projection.quest(only)?.title ?? ''
    offerUndo(workspace, kind === 'assignQuest' ? 'did.assigned' : 'did.unassigned', { count: 1, name })
  }
  const options = (text: string) =>
    members
      .filter(({ displayName }) => isFoundIn(text, displayName))
      .map(({ userId, displayName }) => ({
        key: userId,
        label: hasAll(userId as UserId) ? t('assignee.remove', { name: displayName }) : displayName,
      }))
  return (
    <PickDialog
      title={t('assignee.title')}
      placeholder={members.length === 0 ? t('assignee.nobody') : t('field.addAssignee')}
      options={options}
      onPick={({ key }) => pick(key as UserId)}
      onClose={closeDialog}
    />
  )
}
