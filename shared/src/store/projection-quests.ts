import { completionIdOf, currentOccurrence } from '../domain/completion.ts'
import type { CompletionId, QuestId } from '../domain/ids.ts'
import type { Completion, Quest } from '../domain/quest.ts'
import { readQuest, withCompletion } from '../domain/quest-fields.ts'
import type { FoldedRecord } from './fold.ts'
import type { QuestChange } from './projection-list.ts'
import type { QuestDocument } from './quest-document.ts'

interface CachedQuest {
  readonly source: FoldedRecord
  readonly quest: Quest
}

/** The quests of a document as immutable objects, each made when first asked for and kept until it changes. */
export class ProjectionQuests {
  readonly #document: QuestDocument
  readonly #completion: (id: CompletionId) => Completion | undefined
  readonly #cache = new Map<QuestId, CachedQuest>()

  constructor(document: QuestDocument, completion: (id: CompletionId) => Completion | undefined) {
    this.#document = document
    this.#completion = completion
  }

  get(id: QuestId): Quest | undefined {
    const cached = this.#cache.get(id)
    return cached === undefined ? this.#read(id) : cached.quest
  }

  /** Reads quests again; those that differ from what was cached. Exact for quests that were read before. */
  refresh(ids: Iterable<QuestId>): readonly QuestChange[] {
    const changes: QuestChange[] = []
    for (const id of ids) {
      const cached = this.#cache.get(id)
      const before = cached?.quest
      const after = this.#read(id, cached)
      if (before !== after) changes.push({ id, before, after })
    }
    return changes
  }

  /** Forgets quests, to be read when next asked for. */
  forget(ids: Iterable<QuestId>): void {
    for (const id of ids) this.#cache.delete(id)
  }

  #read(id: QuestId, cached?: CachedQuest): Quest | undefined {
    const source = this.#document.record('quests', id)
    if (source === undefined) {
      this.#cache.delete(id)
      return undefined
    }
    const fields = cached?.source === source ? cached.quest : readQuest(id, source)
    const completion = this.#completion(completionIdOf(id, currentOccurrence(fields)))
    const quest = withCompletion(fields, completion)
    if (cached !== undefined && quest === cached.quest) return quest
    this.#cache.set(id, { source, quest })
    return quest
  }
}
