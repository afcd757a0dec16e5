import type { PatchQuest, ReplaceQuest } from '@questlog/shared/protocol/quest-writes'

const DEFAULTS: Required<Omit<PatchQuest, 'title'>> = {
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
  steps: [],
  start: null,
  scheduled: null,
  due: null,
  deadline: null,
  estimateMin: null,
  recurrence: null,
  reminders: [],
}

/** All that can be written of a quest, what was left out at its default. */
export function replacedQuest(quest: ReplaceQuest): PatchQuest {
  return { ...DEFAULTS, ...quest }
}
