import type { QuestId } from '../domain/kernel/ids.ts'
import type { ListChange } from './projection-list.ts'
import type { ProjectionQuests } from './projection-quests.ts'

/** The parent of each sub-quest, gathered when first asked for and kept current from then on. */
export class ProjectionSubQuests {
  readonly #quests: ProjectionQuests
  readonly #parents = new Map<QuestId, QuestId>()
  readonly #byParent = new Map<QuestId, Set<QuestId>>()
  isGathered = false

  constructor(quests: ProjectionQuests) {
    this.#quests = quests
  }

  of(id: QuestId): readonly QuestId[] {
    if (!this.isGathered) {
      this.isGathered = true
      this.#quests.visit((each, quest) => this.#put(each, quest.parentId))
    }
    return [...(this.#byParent.get(id) ?? [])].sort()
  }

  update(changes: readonly ListChange[]): void {
    if (this.isGathered) for (const { id, quest } of changes) this.#put(id, quest?.parentId ?? null)
  }

  #put(id: QuestId, parentId: QuestId | null): void {
    const before = this.#parents.get(id)
    if (before !== undefined) this.#byParent.get(before)?.delete(id)
    if (parentId === null) {
      this.#parents.delete(id)
      return
    }
    this.#parents.set(id, parentId)
    const siblings = this.#byParent.get(parentId)
    if (siblings === undefined) this.#byParent.set(parentId, new Set([id]))
    else siblings.add(id)
  }
}
