import { questIdOfCompletion } from '../domain/completion.ts'
import { type ProjectId, type QuestId, type RecordId, storedId, type TagId } from '../domain/ids.ts'
import { type ListKey, listKeyString } from '../domain/lists.ts'
import type { LogState } from '../domain/log-state.ts'
import type { Project, Tag } from '../domain/quest.ts'
import { readCompletion, readProject, readSection, readTag } from '../domain/record-fields.ts'
import type { TableName } from '../domain/record-write.ts'
import { ProjectionList } from './projection-list.ts'
import { Listeners } from './projection-listeners.ts'
import { ProjectionQuests } from './projection-quests.ts'
import { ProjectionOrder, ProjectionTable } from './projection-table.ts'
import type { ChangedRecords, QuestDocument } from './quest-document.ts'

/**
 * A document as immutable records and ordered lists. What did not change keeps its reference; everything is up to date
 * before the first listener is told. Records are made when asked for, lists kept from when they are first asked for.
 */
export interface Projection extends LogState {
  /** Whether the quest's current occurrence has a completion that stands. */
  isDone(id: QuestId): boolean
  /** The projects in the Trash, the latest first. */
  trashedProjects(): readonly ProjectId[]
  /** The tags by name then id. */
  tags(): readonly TagId[]
  /** How many quests a list holds. */
  count(key: ListKey): number
  /** Calls back when the record changed; for a quest, also when its completion did. */
  subscribeRecord(table: TableName, id: string, listener: () => void): () => void
  /** Calls back when a member came, went or moved, within or between sections. */
  subscribeList(key: ListKey, listener: () => void): () => void
  /** Calls back when the projects or those in the Trash changed. */
  subscribeProjects(listener: () => void): () => void
  subscribeTags(listener: () => void): () => void
  /** Stops following the document. */
  destroy(): void
}

const PROJECTS = 'projects'
const TAGS = 'tags'

/** Projects a document, and follows it until destroyed. */
export function createProjection(document: QuestDocument): Projection {
  const completions = new ProjectionTable(document, 'completions', readCompletion)
  const projects = new ProjectionTable(document, 'projects', readProject)
  const sections = new ProjectionTable(document, 'sections', readSection)
  const tags = new ProjectionTable(document, 'tags', readTag)
  const quests = new ProjectionQuests(document, (id) => completions.get(id))
  const tables = [completions, projects, sections, tags]
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

    const changedOrders: string[] = []
    if (lists.size === 0) quests.forget(changedQuests)
    else {
      const changes = quests.refresh(changedQuests)
      for (const [name, list] of lists) if (list.update(changes)) changedOrders.push(name)
    }
    if (changed.has('projects')) {
      const orders = [projectOrder.refresh(), trashedProjectOrder.refresh()]
      if (orders.includes(true)) changedOrders.push(PROJECTS)
    }
    if (changed.has('tags') && tagOrder.refresh()) changedOrders.push(TAGS)

    for (const [table, ids] of changed) {
      if (table !== 'quests') for (const id of ids) recordListeners.tell(`${table}/${id}`)
    }
    for (const id of changedQuests) recordListeners.tell(`quests/${id}`)
    for (const name of changedOrders) orderListeners.tell(name)
  }

  const stopFollowing = document.onChange(takeIn)

  return {
    quest: (id) => quests.get(id),
    project: (id) => projects.get(id),
    section: (id) => sections.get(id),
    tag: (id) => tags.get(id),
    completion: (id) => completions.get(id),
    isDone: (id) => (quests.get(id)?.completedAt ?? null) !== null,
    projects: () => projectOrder.ids,
    trashedProjects: () => trashedProjectOrder.ids,
    tags: () => tagOrder.ids,
    list: (key) => openList(key).ids,
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

function byRank(a: Project, b: Project): number {
  return compareText(a.rank, b.rank) || compareText(a.id, b.id)
}

function byDeletion(a: Project, b: Project): number {
  return (b.deletedAt ?? 0) - (a.deletedAt ?? 0) || compareText(a.id, b.id)
}

function byName(a: Tag, b: Tag): number {
  return compareText(a.name.toLowerCase(), b.name.toLowerCase()) || compareText(a.id, b.id)
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
