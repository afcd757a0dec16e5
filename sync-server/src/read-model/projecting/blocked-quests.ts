import { questIdOfCompletion } from '@questlog/shared/domain/completions/completion'
import { type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { isBlocked } from '@questlog/shared/domain/state/dependencies'
import type { Projection } from '@questlog/shared/store/projection'
import type { Replica, ReplicaChanges } from '../../log/replicas/replica.ts'

/** Which quests something holds up, so that an update tells whose rows it changes by what it does to others. */
export class BlockedQuests {
  readonly #state: Projection
  readonly #blocked = new Set<QuestId>()

  constructor(replica: Replica) {
    this.#state = replica.state
    const ends = new Set<QuestId>()
    for (const id of replica.ids('relations')) {
      const relation = this.#state.relation(storedId(id))
      if (relation?.kind === 'blocks') ends.add(relation.to)
    }
    for (const id of ends) if (isBlocked(this.#state, id)) this.#blocked.add(id)
  }

  /** Takes in what changed; the quests that came to be blocked, or to be so no longer. */
  update(changes: ReplicaChanges): readonly QuestId[] {
    const flipped: QuestId[] = []
    for (const id of this.#affected(changes)) {
      const now = isBlocked(this.#state, id)
      if (now === this.#blocked.has(id)) continue
      if (now) this.#blocked.add(id)
      else this.#blocked.delete(id)
      flipped.push(id)
    }
    return flipped
  }

  #affected(changes: ReplicaChanges): ReadonlySet<QuestId> {
    const affected = new Set<QuestId>()
    const ends = new Set<QuestId>()
    for (const { table, id, before, after } of changes.records) {
      if (table === 'quests') this.#addBlockedBy(storedId(id), affected)
      else if (table === 'completions') this.#addBlockedBy(questIdOfCompletion(id), affected)
      else if (table === 'relations') {
        for (const end of [before?.to, after?.to]) if (typeof end === 'string') ends.add(storedId(end))
      }
    }
    // A relation may close or open a cycle, of which another one is ignored then: all of it lies ahead of its end.
    // A set is visited with what is added meanwhile.
    for (const end of ends) {
      affected.add(end)
      this.#addBlockedBy(end, ends)
    }
    return affected
  }

  #addBlockedBy(id: QuestId, into: Set<QuestId>): void {
    for (const relation of this.#state.relationsOf(id)) {
      if (relation.kind === 'blocks' && relation.from === id) into.add(relation.to)
    }
  }
}
