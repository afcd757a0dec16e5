import { type QuestId, type RelationId, storedId } from '../domain/kernel/ids.ts'
import type { Quest } from '../domain/quest/quest.ts'
import { DependencyGraph, type EdgeChange } from '../domain/relations/dependency-graph.ts'
import { byAge } from '../domain/relations/dependency-order.ts'
import type { Relation } from '../domain/relations/relation-fields.ts'
import { openBlockersOf } from '../domain/state/dependencies.ts'
import type { ProjectionTable } from './projection-table.ts'
import type { QuestDocument } from './quest-document.ts'

/** Whose relations, or what they mean, changed. */
export interface RelationChanges {
  readonly quests: ReadonlySet<QuestId>
  /** Relations that came to be ignored or to count again. */
  readonly relations: readonly RelationId[]
}

interface Index {
  readonly relations: Map<RelationId, Relation>
  /** In no particular order. */
  readonly byQuest: Map<QuestId, Set<Relation>>
  readonly graph: DependencyGraph
}

const NONE: readonly never[] = []
const NO_CHANGES: RelationChanges = { quests: new Set(), relations: NONE }

/** The relations by quest and what holds each quest up, gathered when first asked for and kept current from then on. */
export class ProjectionRelations {
  readonly #document: QuestDocument
  readonly #table: ProjectionTable<RelationId, Relation>
  readonly #quest: (id: QuestId) => Quest | undefined
  #index: Index | null = null
  /** What was handed out, in order. */
  readonly #ordered = new Map<QuestId, readonly Relation[]>()
  readonly #openBlockers = new Map<QuestId, readonly QuestId[]>()

  constructor(
    document: QuestDocument,
    table: ProjectionTable<RelationId, Relation>,
    quest: (id: QuestId) => Quest | undefined,
  ) {
    this.#document = document
    this.#table = table
    this.#quest = quest
  }

  /** The same array until one of them changes. */
  of(id: QuestId): readonly Relation[] {
    const known = this.#ordered.get(id)
    if (known !== undefined) return known
    const relations = this.#gathered().byQuest.get(id)
    if (relations === undefined) return NONE
    const ordered = [...relations].sort(byAge)
    this.#ordered.set(id, ordered)
    return ordered
  }

  isIgnored(id: RelationId): boolean {
    return this.#gathered().graph.ignored.has(id)
  }

  /** The same array until its members change. */
  openBlockers(id: QuestId): readonly QuestId[] {
    const known = this.#openBlockers.get(id)
    if (known !== undefined) return known
    const blockers = this.#readOpenBlockers(id)
    this.#openBlockers.set(id, blockers)
    return blockers
  }

  /** Takes in relations and quests that changed. Nothing changed for anyone before something was asked for. */
  update(relationIds: ReadonlySet<string>, questIds: ReadonlySet<QuestId>): RelationChanges {
    const index = this.#index
    if (index === null) return NO_CHANGES
    const changed = new Set<QuestId>()
    const ignored = relationIds.size === 0 ? NONE : this.#takeIn(index, relationIds, changed)
    const affected = new Set(changed)
    for (const id of questIds) {
      for (const { kind, from, to } of index.byQuest.get(id) ?? NONE)
        if (kind === 'blocks' && from === id) affected.add(to)
    }
    for (const id of affected) if (this.#refresh(id)) changed.add(id)
    return { quests: changed, relations: ignored }
  }

  #takeIn(index: Index, ids: ReadonlySet<string>, changed: Set<QuestId>): readonly RelationId[] {
    const edges: EdgeChange[] = []
    for (const name of ids) {
      const id: RelationId = storedId(name)
      const [before, after] = [index.relations.get(id), this.#table.get(id)]
      if (before !== undefined) detach(index, before)
      if (after !== undefined) attach(index, after)
      for (const relation of [before, after]) if (relation !== undefined) changed.add(relation.from).add(relation.to)
      edges.push({ id, edge: after?.kind === 'blocks' ? after : undefined })
    }
    for (const id of changed) this.#ordered.delete(id)
    const ignored = index.graph.update(edges)
    for (const id of ignored) {
      const relation = index.relations.get(id)
      if (relation !== undefined) changed.add(relation.from).add(relation.to)
    }
    return ignored
  }

  /** Whether what was handed out of a quest's blockers was replaced. */
  #refresh(id: QuestId): boolean {
    const before = this.#openBlockers.get(id)
    if (before === undefined) return false
    const after = this.#readOpenBlockers(id)
    if (after.length === before.length && after.every((blocker, at) => blocker === before[at])) return false
    this.#openBlockers.set(id, after)
    return true
  }

  #readOpenBlockers(id: QuestId): readonly QuestId[] {
    const state = {
      quest: this.#quest,
      relationsOf: (questId: QuestId) => this.of(questId),
      isIgnored: (relationId: RelationId) => this.isIgnored(relationId),
    }
    return openBlockersOf(state, id)
  }

  #gathered(): Index {
    this.#index ??= this.#gather()
    return this.#index
  }

  #gather(): Index {
    const index: Omit<Index, 'graph'> = { relations: new Map(), byQuest: new Map() }
    const edges: Relation[] = []
    for (const id of this.#document.ids('relations')) {
      const relation = this.#table.get(storedId(id))
      if (relation === undefined) continue
      attach(index, relation)
      if (relation.kind === 'blocks') edges.push(relation)
    }
    return { ...index, graph: new DependencyGraph(edges) }
  }
}

function attach(index: Omit<Index, 'graph'>, relation: Relation): void {
  index.relations.set(relation.id, relation)
  for (const end of [relation.from, relation.to]) {
    const known = index.byQuest.get(end)
    if (known === undefined) index.byQuest.set(end, new Set([relation]))
    else known.add(relation)
  }
}

function detach(index: Index, relation: Relation): void {
  index.relations.delete(relation.id)
  for (const end of [relation.from, relation.to]) {
    const known = index.byQuest.get(end)
    known?.delete(relation)
    if (known?.size === 0) index.byQuest.delete(end)
  }
}
