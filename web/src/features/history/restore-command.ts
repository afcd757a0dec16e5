import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import type { Command, QuestEdit } from '@questlog/shared/domain/commands/commands'
import {
  type ProjectId,
  type QuestId,
  type StepId,
  storedId,
  type TagId,
  type UserId,
} from '@questlog/shared/domain/kernel/ids'
import type { FieldValue } from '@questlog/shared/domain/kernel/record-write'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { readQuest } from '@questlog/shared/domain/quest/quest'
import { QUEST_EDIT_FIELDS } from '@questlog/shared/domain/quest/quest-fields'
import type { Projection } from '@questlog/shared/store/projection'

/**
 * The command that puts back what a change took away: what it replaced or, of a lost one, what was lost. Null where
 * that holds already, where no command sets it, and where it would have no meaning any more.
 */
export function restoreCommand(item: HistoryItem, projection: Projection): Command | null {
  const isValue = item.change === 'changed' || item.change === 'lost'
  if (!isValue || item.table !== 'quests' || item.path === null || item.isCut) return null
  const id = storedId<QuestId>(item.id)
  const quest = projection.quest(id)
  if (quest === undefined) return null
  if (item.path === 'deletedAt') return restoreFromTrash(quest, item.before)
  if (quest.deletedAt !== null) return null
  // Read as the log reads it, so that a default stands for what was not set.
  const former = readQuest(id, { title: quest.title, createdAt: 0, [item.path]: item.before })
  const [field = '', key = '', part] = item.path.split('/')
  const edited = QUEST_EDIT_FIELDS.find((name) => name === field)
  if (edited !== undefined) return isSame(quest[edited], former[edited]) ? null : edit(id, edited, former)
  switch (field) {
    case 'projectId':
      return moveBack(quest, former.projectId, projection)
    case 'tags':
      return tagBack(quest, storedId<TagId>(key), item.before !== null, projection)
    case 'assignees':
      return assignBack(quest, storedId<UserId>(key), item.before !== null)
    case 'steps':
      return stepBack(quest, storedId<StepId>(key), part, item.before)
    default:
      return null
  }
}

function edit(id: QuestId, field: keyof QuestEdit, former: Quest): Command {
  return { kind: 'editQuest', id, fields: { [field]: former[field] } }
}

function restoreFromTrash(quest: Quest, before: FieldValue): Command | null {
  const wasTrashed = before !== null
  if (wasTrashed === (quest.deletedAt !== null)) return null
  return { kind: wasTrashed ? 'trashQuests' : 'restoreQuests', ids: [quest.id] }
}

function moveBack(quest: Quest, projectId: ProjectId | null, projection: Projection): Command | null {
  if (quest.projectId === projectId) return null
  const project = projectId === null ? undefined : projection.project(projectId)
  if (projectId !== null && (project === undefined || project.deletedAt !== null)) return null
  return { kind: 'moveQuest', id: quest.id, projectId, sectionId: null }
}

function tagBack(quest: Quest, tagId: TagId, wasThere: boolean, projection: Projection): Command | null {
  if (quest.tags.has(tagId) === wasThere || (wasThere && projection.tag(tagId) === undefined)) return null
  return { kind: wasThere ? 'tagQuest' : 'untagQuest', id: quest.id, tagId }
}

function assignBack(quest: Quest, userId: UserId, wasThere: boolean): Command | null {
  if (quest.assignees.has(userId) === wasThere) return null
  return { kind: wasThere ? 'assignQuest' : 'unassignQuest', id: quest.id, userId }
}

function stepBack(quest: Quest, stepId: StepId, part: string | undefined, before: FieldValue): Command | null {
  const { id } = quest
  const step = quest.steps.get(stepId)
  if (part === 'text') {
    if (typeof before !== 'string') return step === undefined ? null : { kind: 'removeStep', id, stepId }
    if (step === undefined) return { kind: 'addStep', id, stepId, text: before }
    return step.text === before ? null : { kind: 'editStep', id, stepId, fields: { text: before } }
  }
  if (part !== 'done' || step === undefined) return null
  const done = before === true
  return step.done === done ? null : { kind: 'editStep', id, stepId, fields: { done } }
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
