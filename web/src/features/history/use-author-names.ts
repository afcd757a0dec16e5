import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import { useEffect, useRef } from 'react'
import { useSession, useSessionState } from '../../session/session-context.ts'
import { useWorkspace } from '../../session/workspace-context.ts'

/**
 * Fetches the names of a party's members when a history names somebody this device does not know: they joined since.
 */
export function useAuthorNames(items: readonly HistoryItem[]): void {
  const { members, rest } = useSession()
  const { parties } = rest
  const { ref } = useWorkspace()
  const ownId = useSessionState(({ person }) => person?.id ?? null)
  const asked = useRef(new Set<string>())
  useEffect(() => {
    if (ref.kind !== 'party') return
    const known = new Set([ownId, ...members.of(ref.id).map(({ userId }) => userId), ...asked.current])
    const unknown = items.flatMap(({ author }) =>
      author.kind === 'user' && !known.has(author.userId) ? [author.userId] : [],
    )
    if (unknown.length === 0) return
    // People who left are not among the members, so nobody is asked for twice.
    for (const userId of unknown) asked.current.add(userId)
    void parties.members(ref.id).then((told) => {
      if (told.ok) members.keep(ref.id, told.value)
    })
  }, [items, parties, members, ref, ownId])
}
