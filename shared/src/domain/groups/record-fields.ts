import { readCount, readId, readInstant, readOption, readString } from '../kernel/field-readers.ts'
import type { CategoryId, CompletionId, ProjectId, QuestId, RelationId, SectionId, TagId } from '../kernel/ids.ts'
import type { Patch } from '../kernel/record-write.ts'
import { defaultRank } from '../order/rank.ts'
import { DIFFICULTIES, RELATION_KINDS } from '../quest/field-values.ts'
import type { Category, Completion, Project, Relation, Section, Tag } from '../quest/quest.ts'
import { readRank } from '../quest/quest-fields.ts'
import { dateOfUtcMs, isRealDate } from '../time/calendar-date.ts'

/** Reads a project from its fields; a missing or unreadable one takes its default. */
export function readProject(id: ProjectId, record: Patch): Project {
  return {
    id,
    name: readString(record.name, ''),
    color: readString(record.color, null),
    rank: readRank(record.rank) ?? defaultRank(id),
    createdAt: readInstant(record.createdAt, 0),
    archivedAt: readInstant(record.archivedAt, null),
    deletedAt: readInstant(record.deletedAt, null),
  }
}

/** Reads a section from its fields; undefined without the project it belongs to. */
export function readSection(id: SectionId, record: Patch): Section | undefined {
  const projectId = readId<ProjectId>(record.projectId)
  if (projectId === null) return undefined
  return { id, projectId, name: readString(record.name, ''), rank: readRank(record.rank) ?? defaultRank(id) }
}

/** Reads a tag from its fields. */
export function readTag(id: TagId, record: Patch): Tag {
  return { id, name: readString(record.name, ''), color: readString(record.color, null) }
}

/** Reads a category from its fields. */
export function readCategory(id: CategoryId, record: Patch): Category {
  return {
    id,
    name: readString(record.name, ''),
    color: readString(record.color, null),
    rank: readRank(record.rank) ?? defaultRank(id),
  }
}

/** Reads a relation from its fields; undefined unless it is of a known kind and between two quests. */
export function readRelation(id: RelationId, record: Patch): Relation | undefined {
  const kind = readOption(record.kind, RELATION_KINDS, null)
  const from = readId<QuestId>(record.from)
  const to = readId<QuestId>(record.to)
  if (kind === null || from === null || to === null || from === to) return undefined
  return { id, kind, from, to, createdAt: readInstant(record.createdAt, 0), createdBy: readId(record.createdBy) }
}

/** Reads a completion from its fields; undefined unless it says which occurrence of which quest, when and for which day. */
export function readCompletion(id: CompletionId, record: Patch): Completion | undefined {
  const questId = readId<Completion['questId']>(record.questId)
  const occurrence = readString(record.occurrence, null)
  const at = readInstant(record.at, null)
  const day = readString(record.day, null)
  if (questId === null || occurrence === null || at === null || day === null) return undefined
  return {
    id,
    questId,
    occurrence,
    at,
    tz: readString(record.tz, 'UTC'),
    day: isRealDate(day) ? day : dateOfUtcMs(at),
    by: readId(record.by),
    difficulty: readOption(record.difficulty, DIFFICULTIES, 'medium'),
    stepsDone: readCount(record.stepsDone, 0),
    timely: record.timely === true,
    unblocked: readCount(record.unblocked, 0),
    voided: readInstant(record.voided, null),
  }
}
