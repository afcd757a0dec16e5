import { lazy } from 'react'
import { loadAnew } from '../../app/load-anew.ts'

/** Fetches the history of quests, which few openings of a quest need. */
export async function loadHistory() {
  return (await import('./QuestHistory.tsx')).QuestHistory
}

export const QuestHistory = lazy(async () => ({ default: await loadHistory().catch(loadAnew) }))
