import { type NamesOf, namesWith } from '@questlog/shared/domain/fields/field'
import { isSameName } from '@questlog/shared/domain/kernel/fold-text'
import {
  type CategoryId,
  type QuestId,
  type RelationId,
  storedId,
  type TagId,
} from '@questlog/shared/domain/kernel/ids'
import type { FieldValue, Patch, RecordWrite } from '@questlog/shared/domain/kernel/record-write'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { type QuestFields, questFields } from '@questlog/shared/domain/quest/quest-fields'
import { clearedRecord } from '@questlog/shared/domain/state/cleared-record'
import { questWithSubQuests } from '@questlog/shared/domain/state/sub-quests'
import type { Draft } from '../read-model/workspace-store.ts'

/**
 * Moves a quest with all below it to another workspace, under their ids [R28]: notes, completions and the relations
 * among them go along, tags and categories are found or made there, and who is no member there is taken off. Its place
 * there is the caller's to give.
 */
export function moveQuests(
  from: Draft,
  to: Draft,
  id: QuestId,
  { at, isMember }: Pick<Arrival, 'at' | 'isMember'>,
): void {
  const ids = questWithSubQuests(from.state, id)
  const relations = relationsOf(from, ids)
  const completions = from.state.completionsOf(ids)
  const tags = new Map<string, string>()
  const categories = new Map<string, string>()
  for (const questId of ids) {
    const quest = from.state.quest(questId)
    for (const tagId of quest?.tags ?? []) tags.set(tagId, tagThere(from, to, tagId))
    const categoryId = quest?.categoryId ?? null
    if (categoryId !== null) categories.set(categoryId, categoryThere(from, to, categoryId))
  }
  to.copyFrom(from, [
    ...Array.from(ids, (questId) => ({ table: 'quests' as const, id: questId })),
    ...completions.map((completionId) => ({ table: 'completions' as const, id: completionId })),
    ...relations.inner.map((relationId) => ({ table: 'relations' as const, id: relationId })),
  ])
  to.write(Array.from(ids, (questId) => arrived(from, questId, { ids, tags, categories, isMember, at })))
  leave(from, ids, [
    ...completions.map((each) => ['completions', each] as const),
    ...relations.all.map((each) => ['relations', each] as const),
  ])
}

interface Arrival {
  readonly ids: ReadonlySet<QuestId>
  readonly tags: ReadonlyMap<string, string>
  readonly categories: ReadonlyMap<string, string>
  readonly isMember: (userId: string) => boolean
  readonly at: number
}

/** What is different about a quest where it comes to: what it names is to be there. */
function arrived(from: Draft, id: QuestId, arrival: Arrival): RecordWrite {
  const quest = from.state.quest(id)
  const { at } = arrival
  const patch: { [path: string]: FieldValue } = { [`movedFrom/${from.workspaceId}`]: at }
  for (const field of clearedFields) patch[field] = null
  if (quest === undefined) return { table: 'quests', id, patch }
  for (const find of Object.values(findThere)) Object.assign(patch, find(quest, arrival))
  return { table: 'quests', id, patch }
}

const clearedFields = namesWith(questFields, 'onMove', 'cleared')

/** What each field that names something becomes where the quest comes to. */
const findThere: {
  readonly [Field in NamesOf<QuestFields, { readonly onMove: 'found' }>]: (quest: Quest, arrival: Arrival) => Patch
} = {
  parentId: ({ parentId }, { ids }) => (parentId !== null && !ids.has(parentId) ? { parentId: null } : {}),
  categoryId: ({ categoryId }, { categories }) =>
    categoryId === null ? {} : { categoryId: categories.get(categoryId) ?? null },
  tags(quest, { tags }) {
    const patch: { [path: string]: FieldValue } = {}
    for (const tagId of quest.tags) {
      const there = tags.get(tagId) ?? tagId
      if (there !== tagId) patch[`tags/${tagId}`] = null
      patch[`tags/${there}`] = true
    }
    return patch
  },
  assignees({ assignees }, { isMember }) {
    const gone = [...assignees].filter((userId) => !isMember(userId))
    return Object.fromEntries(gone.map((userId) => [`assignees/${userId}`, null]))
  },
}

function leave(
  from: Draft,
  ids: ReadonlySet<QuestId>,
  others: readonly (readonly ['completions' | 'relations', string])[],
): void {
  const writes = others.flatMap(([table, id]) => clearedRecord(from.state, table, id))
  for (const id of ids) writes.push(...clearedRecord(from.state, 'quests', id))
  from.write(writes)
  for (const id of ids) from.setNote(id, '')
}

function relationsOf(from: Draft, ids: ReadonlySet<QuestId>) {
  const all = new Set<RelationId>()
  const inner = new Set<RelationId>()
  for (const id of ids) {
    for (const relation of from.state.relationsOf(id)) {
      all.add(relation.id)
      if (ids.has(relation.from) && ids.has(relation.to)) inner.add(relation.id)
    }
  }
  return { all: [...all], inner: [...inner] }
}

function tagThere(from: Draft, to: Draft, id: TagId): string {
  const name = from.state.tag(id)?.name
  if (name === undefined || to.state.tag(id) !== undefined) return id
  const same = to.state.tags().find((tagId) => isSameName(to.state.tag(tagId)?.name ?? '', name))
  if (same === undefined) to.copyFrom(from, [{ table: 'tags', id }])
  return same ?? id
}

function categoryThere(from: Draft, to: Draft, id: CategoryId): string {
  const name = from.state.category(id)?.name
  if (name === undefined || to.state.category(id) !== undefined) return id
  const same = to.state.categories().find((categoryId) => isSameName(to.state.category(categoryId)?.name ?? '', name))
  if (same === undefined) to.copyFrom(from, [{ table: 'categories', id: storedId(id) }])
  return same ?? id
}
