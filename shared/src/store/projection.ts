import { questIdOfCompletion } from '../domain/completions/completion.ts'
import { readCompletion } from '../domain/completions/completion-fields.ts'
import type { Project } from '../domain/groups/group-fields.ts'
import { readCategory, readProject, readSection, readTag } from '../domain/groups/group-fields.ts'
import {
  type CategoryId,
  type CompletionId,
  type ProjectId,
  type QuestId,
  type RecordId,
  storedId,
  type TagId,
  type TemplateId,
} from '../domain/kernel/ids.ts'
import type { TableName } from '../domain/kernel/record-write.ts'
import { type ListKey, listKeyString } from '../domain/quest/lists.ts'
import { readRelation } from '../domain/relations/relation-fields.ts'
import type { LogState } from '../domain/state/log-state.ts'
import { readTemplate } from '../domain/templates/template.ts'
import { ProjectionList } from './projection-list.ts'
import { Listeners } from './projection-listeners.ts'
import { ProjectionQuests } from './projection-quests.ts'
import { ProjectionRelations } from './projection-relations.ts'
import { ProjectionSubQuests } from './projection-sub-quests.ts'
import { byDeletion, byName, byRank, ProjectionOrder, ProjectionTable, sectionOrder } from './projection-table.ts'
import type { ChangedRecords, QuestDocument } from './quest-document.ts'

/**
 * A document as immutable records and ordered lists. What did not change keeps its reference; everything is up to date
 * before the first listener is told. Records are made when asked for, lists kept from when they are first asked for.
 */
export interface Projection extends LogState {
  /** The completions of quests, voided ones included: a look through them all. */
  completionsOf(ids: ReadonlySet<QuestId>): readonly CompletionId[]
  /** Whether the quest's current occurrence has a completion that stands. */
  isDone(id: QuestId): boolean
  /** The projects in the Trash, the latest first. */
  trashedProjects(): readonly ProjectId[]
  /** The tags by name then id. */
  tags(): readonly TagId[]
  /** The templates by name then id. */
  templates(): readonly TemplateId[]
  /** The quests that hold a quest up now, in the order they came to block it. The same array until that changes. */
  openBlockers(id: QuestId): readonly QuestId[]
  /** Whether something holds the quest up. */
  isBlocked(id: QuestId): boolean
  /** How many quests a list holds. */
  count(key: ListKey): number
  /**
   * Calls back when the record changed; for a quest, also when its completion, its relations or its open blockers did;
   * for a relation, also when it came to be ignored or to count again.
   */
  subscribeRecord(table: TableName, id: string, listener: () => void): () => void
  /** Calls back when a member came, went or moved, within or between sections. */
  subscribeList(key: ListKey, listener: () => void): () => void
  /** Calls back when the projects or those in the Trash changed. */
  subscribeProjects(listener: () => void): () => void
  subscribeTags(listener: () => void): () => void
  subscribeCategories(listener: () => void): () => void
  subscribeTemplates(listener: () => void): () => void
  /** Calls back when the order or the members of a project's sections changed. */
  subscribeSections(projectId: ProjectId, listener: () => void): () => void
  /** Stops following the document. */
  destroy(): void
}

const NO_IDS: ReadonlySet<string> = new Set()

/** An order of records, whose listeners are told under a key when it is replaced. */
interface FollowedOrder {
  readonly table: TableName
  readonly key: string
  readonly order: { refresh(): boolean }
}

const PROJECTS = 'projects'
const TAGS = 'tags'
const CATEGORIES = 'categories'
const TEMPLATES = 'templates'

/** Projects a document, and follows it until destroyed. */
export function createProjection(document: QuestDocument): Projection {
  const completions = new ProjectionTable(document, 'completions', readCompletion)
  const projects = new ProjectionTable(document, 'projects', readProject)
  const sections = new ProjectionTable(document, 'sections', readSection)
  const tags = new ProjectionTable(document, 'tags', readTag)
  const categories = new ProjectionTable(document, 'categories', readCategory)
  const templates = new ProjectionTable(document, 'templates', readTemplate)
  const relationTable = new ProjectionTable(document, 'relations', readRelation)
  const tables = [completions, projects, sections, tags, categories, templates, relationTable]
  const quests = new ProjectionQuests(document, (id) => completions.get(id))
  const subQuests = new ProjectionSubQuests(quests)
  const relations = new ProjectionRelations(document, relationTable, (id) => quests.get(id))
  const projectOrder = new ProjectionOrder(() => idsOf<ProjectId>(document, 'projects'), liveProject, byRank)
  const trashedProjectOrder = new ProjectionOrder(
    () => idsOf<ProjectId>(document, 'projects'),
    trashedProject,
    byDeletion,
  )
  const tagOrder = new ProjectionOrder(
    () => idsOf<TagId>(document, 'tags'),
    (id) => tags.get(id),
    byName,
  )
  const categoryOrder = new ProjectionOrder(
    () => idsOf<CategoryId>(document, 'categories'),
    (id) => categories.get(id),
    byRank,
  )
  const templateOrder = new ProjectionOrder(
    () => idsOf<TemplateId>(document, 'templates'),
    (id) => templates.get(id),
    byName,
  )
  const orders: FollowedOrder[] = [
    { table: 'projects', key: PROJECTS, order: projectOrder },
    { table: 'projects', key: PROJECTS, order: trashedProjectOrder },
    { table: 'tags', key: TAGS, order: tagOrder },
    { table: 'categories', key: CATEGORIES, order: categoryOrder },
    { table: 'templates', key: TEMPLATES, order: templateOrder },
  ]
  const sectionOrders = new Map<ProjectId, ReturnType<typeof sectionOrder>>()
  const lists = new Map<string, ProjectionList>()
  const recordListeners = new Listeners()
  const orderListeners = new Listeners()

  function liveProject(id: ProjectId): Project | undefined {
    const project = projects.get(id)
    return project?.deletedAt === null ? project : undefined
  }

  function trashedProject(id: ProjectId): Project | undefined {
    const project = projects.get(id)
    return project === undefined || project.deletedAt === null ? undefined : project
  }

  function openSections(projectId: ProjectId): ReturnType<typeof sectionOrder> {
    const known = sectionOrders.get(projectId)
    if (known !== undefined) return known
    const order = sectionOrder(document, sections, projectId)
    sectionOrders.set(projectId, order)
    orders.push({ table: 'sections', key: sectionsKey(projectId), order })
    return order
  }

  function openList(key: ListKey): ProjectionList {
    const name = listKeyString(key)
    const known = lists.get(name)
    if (known !== undefined) return known
    if (key.kind === 'today') closeUnwatchedDays()
    const list = new ProjectionList(key)
    quests.visit((id, quest) => list.add(id, quest))
    lists.set(name, list)
    return list
  }

  /** Every day, and every zone travelled to, makes another Today. */
  function closeUnwatchedDays(): void {
    for (const [name, list] of lists) {
      if (list.key.kind === 'today' && !orderListeners.has(name)) lists.delete(name)
    }
  }

  function takeIn(changed: ChangedRecords): void {
    for (const table of tables) table.forget(changed.get(table.name) ?? [])
    const changedQuests = new Set<QuestId>()
    for (const id of changed.get('quests') ?? []) changedQuests.add(storedId(id))
    for (const id of changed.get('completions') ?? []) changedQuests.add(questIdOfCompletion(id))

    const changedKeys = new Set<string>()
    if (lists.size === 0 && !subQuests.isGathered) quests.forget(changedQuests)
    else {
      const changes = quests.refresh(changedQuests)
      subQuests.update(changes)
      for (const [name, list] of lists) if (list.update(changes)) changedKeys.add(name)
    }
    for (const { table, key, order } of orders) if (changed.has(table) && order.refresh()) changedKeys.add(key)
    const related = relations.update(changed.get('relations') ?? NO_IDS, changedQuests)

    for (const [table, ids] of changed) {
      if (table !== 'quests') for (const id of ids) recordListeners.tell(`${table}/${id}`)
    }
    for (const id of related.relations) {
      if (!changed.get('relations')?.has(id)) recordListeners.tell(`relations/${id}`)
    }
    for (const id of changedQuests) recordListeners.tell(`quests/${id}`)
    for (const id of related.quests) if (!changedQuests.has(id)) recordListeners.tell(`quests/${id}`)
    for (const key of changedKeys) orderListeners.tell(key)
  }

  const stopFollowing = document.onChange(takeIn)

  return {
    quest: (id) => quests.get(id),
    project: (id) => projects.get(id),
    section: (id) => sections.get(id),
    tag: (id) => tags.get(id),
    category: (id) => categories.get(id),
    template: (id) => templates.get(id),
    relation: (id) => relationTable.get(id),
    completion: (id) => completions.get(id),
    isDone: (id) => (quests.get(id)?.completedAt ?? null) !== null,
    projects: () => projectOrder.ids,
    trashedProjects: () => trashedProjectOrder.ids,
    tags: () => tagOrder.ids,
    sections: (projectId) => openSections(projectId).ids,
    categories: () => categoryOrder.ids,
    templates: () => templateOrder.ids,
    relationsOf: (id) => relations.of(id),
    isIgnored: (id) => relations.isIgnored(id),
    openBlockers: (id) => relations.openBlockers(id),
    isBlocked: (id) => relations.openBlockers(id).length > 0,
    completionsOf: (ids) =>
      [...idsOf<CompletionId>(document, 'completions')].filter((id) => ids.has(questIdOfCompletion(id))),
    fieldsOf: (table, id) => document.record(table, id),
    list: (key) => openList(key).ids,
    subQuestsOf: (id) => subQuests.of(id),
    count: (key) => openList(key).size,
    subscribeRecord: (table, id, listener) => recordListeners.add(`${table}/${id}`, listener),
    subscribeList(key, listener) {
      openList(key)
      return orderListeners.add(listKeyString(key), listener)
    },
    subscribeProjects(listener) {
      void projectOrder.ids
      return orderListeners.add(PROJECTS, listener)
    },
    subscribeTags(listener) {
      void tagOrder.ids
      return orderListeners.add(TAGS, listener)
    },
    subscribeCategories(listener) {
      void categoryOrder.ids
      return orderListeners.add(CATEGORIES, listener)
    },
    subscribeTemplates(listener) {
      void templateOrder.ids
      return orderListeners.add(TEMPLATES, listener)
    },
    subscribeSections(projectId, listener) {
      void openSections(projectId).ids
      return orderListeners.add(sectionsKey(projectId), listener)
    },
    destroy() {
      stopFollowing()
      recordListeners.clear()
      orderListeners.clear()
    },
  }
}

function* idsOf<Id extends RecordId>(document: QuestDocument, table: TableName): IterableIterator<Id> {
  for (const id of document.ids(table)) yield storedId<Id>(id)
}

function sectionsKey(projectId: ProjectId): string {
  return `sections/${projectId}`
}
