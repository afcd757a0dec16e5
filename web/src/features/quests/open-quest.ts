import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { useSearch } from 'wouter'
import { navigate } from 'wouter/use-browser-location'
import { activate, useUi } from './list-state.ts'

/** The address of a quest's editor over the page shown now. */
export function questHref(id: QuestId): string {
  return `${location.pathname}?quest=${encodeURIComponent(id.toWellFormed())}`
}

/** Opens a quest's editor; the way back closes it. */
export function openQuest(id: QuestId): void {
  const replace = new URLSearchParams(location.search).has('quest')
  navigate(questHref(id), { replace })
}

/** Closes the quest editor, leaves the page as it is and gives the focus back to the quest's row. */
export function closeQuest(): void {
  if (!new URLSearchParams(location.search).has('quest')) return
  navigate(location.pathname, { replace: true })
  activate(useUi.getState().activeId, true)
}

/** The quest whose editor is open, from the address. */
export function useOpenQuestId(): QuestId | null {
  const value = new URLSearchParams(useSearch()).get('quest')
  return value === null ? null : (value as QuestId)
}
