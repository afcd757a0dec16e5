import type { FieldValue, Patch } from '../kernel/record-write.ts'
import type { Quest } from './quest.ts'
import { defaultQuest, stepPatch } from './quest-fields.ts'

/**
 * The fields of a quest as a record holds them, so that `readQuest` gives it back: what differs from the defaults, and
 * what every quest must have. What is derived from the ledger is left out.
 */
export function patchOfQuest(quest: Quest): Patch {
  const patch: { [path: string]: FieldValue } = { title: quest.title, createdAt: quest.createdAt }
  const defaults = defaultQuest(quest.id, quest.title, quest.createdAt)
  for (const field of PLAIN_FIELDS) if (quest[field] !== defaults[field]) patch[field] = quest[field]
  for (const field of WHEN_FIELDS) {
    const when = quest[field]
    if (when !== null) patch[field] = { ...when }
  }
  if (quest.recurrence !== null) patch.recurrence = { ...quest.recurrence }
  if (quest.source !== null) patch.source = { ...quest.source }
  for (const [workspaceId, at] of quest.movedFrom) patch[`movedFrom/${workspaceId}`] = at
  for (const tagId of quest.tags) patch[`tags/${tagId}`] = true
  for (const userId of quest.assignees) patch[`assignees/${userId}`] = true
  for (const [stepId, { text, done, rank }] of quest.steps) {
    Object.assign(patch, stepPatch(stepId, done ? { text, done, rank } : { text, rank }))
  }
  for (const [id, reminder] of quest.reminders) {
    patch[`reminders/${id}`] = 'at' in reminder ? { ...reminder, at: { ...reminder.at } } : { ...reminder }
  }
  for (const [id, attachment] of quest.attachments) patch[`attachments/${id}`] = { ...attachment }
  return patch
}

const WHEN_FIELDS = ['start', 'scheduled', 'due', 'deadline'] as const
const PLAIN_FIELDS = [
  'status',
  'priority',
  'difficulty',
  'energy',
  'projectId',
  'sectionId',
  'parentId',
  'templateId',
  'categoryId',
  'estimateMin',
  'rank',
  'todayRank',
  'createdBy',
  'deletedAt',
] as const
