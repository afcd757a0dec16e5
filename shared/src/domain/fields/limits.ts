/** The limits of what a person may enter; lengths in characters (code points). */
export const LIMITS = {
  titleLength: 500,
  stepLength: 500,
  nameLength: 100,
  estimateMin: 525_600,
  steps: 200,
  tags: 50,
  assignees: 50,
  reminders: 20,
  reminderMin: 525_600,
  noteLength: 65_536,
  templateQuests: 200,
  /** Characters of JSON, short of what an entry may hold. */
  templateSize: 160_000,
} as const
