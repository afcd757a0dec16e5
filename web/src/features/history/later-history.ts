import { later } from '../../ui/later.tsx'

/** The history of a quest, which few openings of one need. */
export const QuestHistory = later(async () => (await import('./QuestHistory.tsx')).QuestHistory)
