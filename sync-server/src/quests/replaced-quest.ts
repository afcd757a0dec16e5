import type { PatchQuest, ReplaceQuest } from '@questlog/shared/protocol/quest-writes'

const DEFAULTS: Required<Omit<PatchQuest, 'title' | 'recurrence' | 'steps' | 'reminders'>> = {
  notes: '',
  status: 'open',
  priority: 0,
  difficulty: 'medium',
  energy: null,
  projectId: null,
  sectionId: null,
  parentId: null,
  categoryId: null,
  tags: [],
  assignees: [],
  start: null,
  scheduled: null,
  due: null,
  deadline: null,
  estimateMin: null,
}

/** All that can be written of a quest, what was left out at its default, within its fields too. */
export function replacedQuest({ recurrence = null, steps = [], reminders = [], ...quest }: ReplaceQuest): PatchQuest {
  return {
    ...DEFAULTS,
    ...quest,
    recurrence: recurrence && { ...recurrence, pausedUntil: recurrence.pausedUntil ?? null },
    steps: steps.map((step) => ({ ...step, done: step.done ?? false })),
    reminders: reminders.map((reminder) => ({ ...reminder, nagging: reminder.nagging ?? false })),
  }
}
