import type { ProjectId, QuestId } from '@questlog/shared/domain/kernel/ids'
import { type ListKey, todaySections } from '@questlog/shared/domain/quest/lists'
import { useMemo, useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useList, useWorkspace } from '../../session/workspace-context.ts'
import { deviceZone, useNow, useToday } from '../../ui/use-today.ts'
import { useUi } from './list-state.ts'
import type { QuestSection } from './quest-sections.ts'
import { useSettledIds } from './use-settled-ids.ts'

/** The sections of the Inbox (null) or a project: what is to do in its own order, then what is done, folded. */
export function useOpenAndDone(projectId: ProjectId | null): readonly QuestSection[] {
  const t = useTranslate()
  const openKey = useMemo<ListKey>(
    () => (projectId === null ? { kind: 'inbox' } : { kind: 'project', projectId }),
    [projectId],
  )
  const doneKey = useMemo<ListKey>(() => ({ kind: 'done', projectId }), [projectId])
  const open = useSettledIds(useList(openKey))
  const allDone = useList(doneKey)
  const celebrating = useUi((ui) => ui.celebrating)
  const [collapsed, setCollapsed] = useState(true)
  const done = useMemo(() => withoutHeld(allDone, celebrating), [allDone, celebrating])
  return useMemo(() => {
    const openSection: QuestSection = { key: 'open', title: null, ids: open, list: 'list' }
    if (done.length === 0) return [openSection]
    const onToggle = () => setCollapsed((was) => !was)
    return [openSection, { key: 'done', title: t('list.done'), ids: done, list: null, collapsed, onToggle }]
  }, [open, done, collapsed, t])
}

/** The sections of Today: overdue, now, later, and what was done today. */
export function useTodaySections(): readonly QuestSection[] {
  const t = useTranslate()
  const { projection } = useWorkspace()
  const day = useToday()
  const minute = useNow()
  const key = useMemo(() => ({ kind: 'today', day, tz: deviceZone() }) as const, [day])
  const ids = useList(key)
  const celebrating = useUi((ui) => ui.celebrating)
  const [collapsed, setCollapsed] = useState(false)
  // The projection hands out another array whenever the list or a section of it changed, hence `ids` here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const split = useMemo(() => todaySections(projection, key, minute), [projection, key, minute, ids])
  const overdue = useSettledIds(split.overdue)
  const now = useSettledIds(split.now)
  const later = useSettledIds(split.later)
  return useMemo(() => {
    const done = withoutHeld(split.done, celebrating)
    const onToggle = () => setCollapsed((was) => !was)
    const sections: readonly QuestSection[] = [
      { key: 'overdue', title: t('today.overdue'), ids: overdue, tone: 'danger', list: 'today' },
      { key: 'now', title: t('today.now'), ids: now, list: 'today' },
      { key: 'later', title: t('today.later'), ids: later, list: 'today' },
      { key: 'done', title: t('today.done'), ids: done, list: null, collapsed, onToggle },
    ]
    return sections.filter((section) => section.ids.length > 0)
  }, [split, overdue, now, later, celebrating, collapsed, t])
}

function withoutHeld(ids: readonly QuestId[], held: ReadonlySet<QuestId>): readonly QuestId[] {
  return held.size === 0 ? ids : ids.filter((id) => !held.has(id))
}
