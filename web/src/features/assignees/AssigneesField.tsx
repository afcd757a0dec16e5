import type { UserId } from '@questlog/shared/domain/kernel/ids'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { useEffect, useId } from 'react'
import { offerUndo, perform } from '../../actions/perform.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useMembers, useSession } from '../../session/session-context.ts'
import { useMemberName } from '../../session/use-member-name.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { ChosenSelect } from '../../ui/ChosenSelect.tsx'

/** Who is to do a party's quest, as chips, and a choice of the party's other members. */
export function AssigneesField({ quest }: { readonly quest: Quest }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const members = useMembers(workspace.ref.id)
  const { rememberMembers } = useSession()
  // Who joined since the app was opened can be chosen too.
  useEffect(rememberMembers, [rememberMembers])
  const id = useId()
  const others = members.filter(({ userId, role }) => role !== 'viewer' && !quest.assignees.has(userId as UserId))
  const nameOf = (userId: string) => others.find((member) => member.userId === userId)?.displayName ?? ''
  return (
    <div>
      <label htmlFor={id} className="mb-0.5 block text-[0.8125rem] text-soft">
        {t('field.assignees')}
      </label>
      <div className="flex flex-wrap items-center gap-1.5">
        {[...quest.assignees].map((userId) => (
          <AssigneeChip
            key={userId}
            userId={userId}
            onRemove={() => {
              if (!perform(workspace, { kind: 'unassignQuest', id: quest.id, userId })) return
              offerUndo(workspace, 'did.unassigned', { count: 1, name: quest.title })
            }}
          />
        ))}
        <ChosenSelect
          id={id}
          className="min-w-32 flex-1"
          value=""
          isDisabled={others.length === 0}
          options={[
            { value: '', name: t('field.addAssignee') },
            ...others.map(({ userId, displayName }) => ({ value: userId, name: displayName })),
          ]}
          action={(userId) => t('assignee.add', { name: nameOf(userId) })}
          onChoose={(userId) => perform(workspace, { kind: 'assignQuest', id: quest.id, userId: userId as UserId })}
        />
      </div>
      {members.length === 0 ? <p className="mt-1 text-sm text-soft">{t('assignee.nobody')}</p> : null}
    </div>
  )
}

interface AssigneeChipProps {
  readonly userId: UserId
  readonly onRemove: () => void
}

function AssigneeChip({ userId, onRemove }: AssigneeChipProps) {
  const t = useTranslate()
  const name = useMemberName(userId)
  return (
    <span className="inline-flex min-h-8 max-w-full items-center rounded border border-line bg-canvas ps-2">
      <span dir="auto" className="min-w-0 truncate">
        +{name}
      </span>
      <button
        type="button"
        aria-label={t('assignee.remove', { name })}
        onClick={onRemove}
        className="grid size-8 place-items-center text-soft hover:text-danger pointer-coarse:size-11"
      >
        ×
      </button>
    </span>
  )
}
