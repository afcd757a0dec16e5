import { later } from '../../ui/later.tsx'

/** The notes editor, which weighs as much as the rest of the app. */
export const QuestNotes = later(async () => (await import('./QuestNotes.tsx')).QuestNotes)
