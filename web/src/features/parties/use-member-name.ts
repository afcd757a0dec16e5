import { useMembers } from '../../app/member-names.ts'
import { useSessionState } from '../../app/session.ts'
import { useWorkspace } from '../../app/workspace-context.ts'
import { useTranslate } from '../../i18n/translate.ts'

/** The name of somebody of the party on screen, as last heard of. */
export function useMemberName(userId: string): string {
  const t = useTranslate()
  const members = useMembers(useWorkspace().ref.id)
  const own = useSessionState(({ person }) => (person?.id === userId ? person.displayName : undefined))
  return members.find((member) => member.userId === userId)?.displayName ?? own ?? t('members.someone')
}
