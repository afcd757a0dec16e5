import { useEffect } from 'react'
import { useTranslate } from '../i18n/translate.ts'
import { useMembers, useSession, useSessionState } from './session-context.ts'
import { useWorkspace } from './workspace-context.ts'

/** Who has left is not among the members: nobody is asked for twice. */
const askedFor = new Set<string>()

/** The name of somebody of the party on screen, as last heard of; who joined since is asked for. */
export function useMemberName(userId: string): string {
  const t = useTranslate()
  const { rememberMembers } = useSession()
  const members = useMembers(useWorkspace().ref.id)
  const own = useSessionState(({ person }) => (person?.id === userId ? person.displayName : undefined))
  const name = members.find((member) => member.userId === userId)?.displayName ?? own
  useEffect(() => {
    if (name !== undefined || askedFor.has(userId)) return
    askedFor.add(userId)
    rememberMembers()
  }, [name, userId, rememberMembers])
  return name ?? t('members.someone')
}
