import { lazy } from 'react'
import { loadAnew } from '../../app/load-anew.ts'

/** Fetches the notes editor, which weighs as much as the rest of the app. */
export async function loadNotes() {
  return (await import('./QuestNotes.tsx')).QuestNotes
}

export const QuestNotes = lazy(async () => ({ default: await loadNotes().catch(loadAnew) }))
