import { type HistoryItem, mergeActivity } from '@questlog/shared/client/changes/merge-activity'
import type { ChangePage, SeenChange } from '@questlog/shared/client/ports/change-log'
import {
  type ActivityPage,
  type ActivityScope,
  createActivity,
  type ToldChange,
} from '@questlog/shared/client/rest/activity'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useIsSignedOut, useLogOwner, useSession } from '../../session/session-context.ts'
import { useWorkspace, useWorkspaceState } from '../../session/workspace-context.ts'
import { type Source, withoutFrayedEnd } from './frayed-end.ts'
import { asOneStep, isRemoval } from './restore/can-put-back.ts'

/** Why only what this device saw is listed; null where the server's list is part of it. */
export type HistoryGap = 'local-only' | 'signed-out' | 'offline' | 'server-failed'

export interface HistoryView {
  readonly items: readonly HistoryItem[]
  readonly isLoading: boolean
  /** Whether nothing earlier is known: neither this device nor the server has more to tell, or is yet to answer. */
  readonly isAll: boolean
  readonly gap: HistoryGap | null
  /** Whether the history on this device cannot be read. */
  readonly hasFailed: boolean
  /** Fetches earlier changes; null where there are none. */
  readonly loadMore: (() => void) | null
  readonly reload: () => void
}

const pageSize = 200
const pauseMs = 400
const nothing = { changes: [] as const, hasMore: false }

/**
 * The history of a quest, or of the whole log: at once what this device saw, then what the server knows as soon as it
 * answers. Only the server knows everything that was removed; until it answers, what this device saw stands in for it.
 */
export function useHistory(questId: string | null, isRemovedOnly = false): HistoryView {
  const seen = useSeenChanges(questId)
  const told = useToldChanges({ questId, isRemovedOnly }, seen.version)
  const isTold = isRemovedOnly && told.gap === null && !told.isLoading
  const local = useMemo(() => (isTold ? { ...seen, ...nothing } : seen), [isTold, seen])
  const items = useMemo(() => {
    const merged = withoutFrayedEnd(mergeActivity(local.changes, told.changes), local, told)
    return isRemovedOnly ? merged.filter(isRemoval) : questId === null ? asOneStep(merged) : merged
  }, [local, told, isRemovedOnly, questId])
  const hasMore = local.hasMore || told.hasMore
  const { loadMore: loadSeen, reload: readAgain } = local
  const { loadMore: loadTold, reload: askAgain } = told
  return {
    items,
    isLoading: local.isLoading || (told.isLoading && items.length === 0),
    isAll: !hasMore && !local.isLoading && !told.isLoading,
    gap: told.gap,
    hasFailed: local.hasFailed,
    loadMore: hasMore
      ? () => {
          if (local.hasMore) loadSeen()
          if (told.hasMore) loadTold()
        }
      : null,
    reload() {
      readAgain()
      askAgain()
    },
  }
}

function useSeenChanges(questId: string | null) {
  const { changes: log } = useWorkspace()
  const [state, setState] = useState<Source<SeenChange> & { readonly isLoading: boolean; readonly hasFailed: boolean }>(
    {
      ...nothing,
      isLoading: true,
      hasFailed: false,
    },
  )
  const [version, setVersion] = useState(0)
  const next = useRef<ChangePage['next']>(null)
  const pages = useRef(1)

  const read = useCallback(async () => {
    try {
      let changes: readonly SeenChange[] = []
      if (questId !== null) changes = await log.ofQuest(questId)
      else {
        const page = await log.latest(pageSize * pages.current, null)
        next.current = page.next
        changes = page.changes
      }
      setState({ changes, hasMore: questId === null && next.current !== null, isLoading: false, hasFailed: false })
    } catch {
      setState({ ...nothing, isLoading: false, hasFailed: true })
    }
  }, [log, questId])
  useEffect(() => {
    void read()
    return log.onAdded(() => {
      setVersion((before) => before + 1)
      void read()
    })
  }, [log, read])
  const loadMore = useCallback(() => {
    pages.current += 1
    void read()
  }, [read])
  return useMemo(() => ({ ...state, version, loadMore, reload: read }), [state, version, loadMore, read])
}

function useToldChanges(scope: Pick<ActivityScope, 'questId' | 'isRemovedOnly'>, version: number) {
  const { questId, isRemovedOnly = false } = scope
  const { account } = useSession().rest
  const activity = useMemo(() => createActivity(account), [account])
  const { ref } = useWorkspace()
  const isOwned = useLogOwner() !== null
  const isSignedOut = useIsSignedOut()
  const isSaved = useWorkspaceState(({ sync }) => sync.kind === 'saved')
  const [state, setState] = useState<
    Source<ToldChange> & { readonly gap: HistoryGap | null; readonly isLoading: boolean }
  >({
    ...nothing,
    gap: null,
    isLoading: true,
  })
  const next = useRef<string | null>(null)
  const asked = useRef(0)

  const ask = useCallback(
    async (cursor: string | null) => {
      asked.current += 1
      const current = asked.current
      const known: HistoryGap | null = !isOwned ? 'local-only' : isSignedOut ? 'signed-out' : null
      if (known !== null) return setState({ ...nothing, gap: known, isLoading: false })
      const answer = await activity.page({ workspaceId: ref.id, questId, isRemovedOnly }, cursor)
      if (current !== asked.current) return
      if (!answer.ok) {
        const gap =
          answer.error.kind === 'unreachable'
            ? 'offline'
            : answer.error.kind === 'signed-out'
              ? 'signed-out'
              : 'server-failed'
        return setState((before) => ({ ...before, gap, isLoading: false }))
      }
      next.current = answer.value.nextCursor
      setState((before) => withPage(before.changes, answer.value, cursor !== null))
    },
    [activity, ref.id, questId, isRemovedOnly, isOwned, isSignedOut],
  )
  useEffect(() => {
    // Asked again once what was written here is saved there too; of many edits in a row not for each.
    const timer = setTimeout(() => void ask(null), isSaved && version === 0 ? 0 : pauseMs)
    return () => clearTimeout(timer)
  }, [ask, version, isSaved])
  const loadMore = useCallback(() => void ask(next.current), [ask])
  const reload = useCallback(() => void ask(null), [ask])
  return useMemo(() => ({ ...state, loadMore, reload }), [state, loadMore, reload])
}

function withPage(before: readonly ToldChange[], page: ActivityPage, isFurther: boolean) {
  const keyOf = ({ workspaceId, seq, n }: ToldChange) => `${workspaceId} ${seq} ${n}`
  const known = new Set(page.items.map(keyOf))
  const rest = before.filter((change) => !known.has(keyOf(change)))
  // The first page again, while earlier ones are on screen, leaves those where they are.
  const changes = isFurther ? [...rest, ...page.items] : [...page.items, ...rest]
  return { changes, hasMore: page.nextCursor !== null, gap: null, isLoading: false }
}
