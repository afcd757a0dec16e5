import {
  completionIdOf,
  currentOccurrence,
  questIdOfCompletion,
  withCompletion,
} from '../domain/completions/completion.ts'
import type { Completion } from '../domain/completions/completion-fields.ts'
import { type FindCompletion, ListedRecord } from '../domain/completions/listed-record.ts'
import { type CompletionId, type QuestId, storedId } from '../domain/kernel/ids.ts'
import type { ListedQuest } from '../domain/quest/lists.ts'
import type { Quest } from '../domain/quest/quest.ts'
import { readQuest } from '../domain/quest/quest.ts'
import type { FoldedRecord } from './fold.ts'
import type { ListChange } from './projection-list.ts'
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
  readonly #find: FindCompletion = (id, occurrence) => this.#completion(completionIdOf(id, occurrence))

  constructor(document: QuestDocument, completion: (id: CompletionId) => Completion | undefined) {
    this.#document = document
    this.#completion = completion
  }

  get(id: QuestId): Quest | undefined {
    const cached = this.#cache.get(id)
    return cached === undefined ? this.#read(id) : cached.quest
  }

  /** Visits every quest by what places it in lists, without making it. */
  visit(visit: (id: QuestId, quest: ListedQuest) => void): void {
    let completed: ReadonlySet<QuestId> | null = null
    // Most quests were never completed, and a look into this set costs less than making up a completion's id.
    const find: FindCompletion = (id, occurrence) => {
      completed ??= this.#everCompleted()
      return completed.has(id) ? this.#find(id, occurrence) : undefined
    }
    this.#document.visit('quests', (id, record) => {
      const questId: QuestId = storedId(id)
      visit(questId, new ListedRecord(questId, record, find))
    })
  }

  /** Reads quests again; those that may stand elsewhere now. One that differs from what was handed out is replaced. */
  refresh(ids: Iterable<QuestId>): readonly ListChange[] {
    const changes: ListChange[] = []
    for (const id of ids) {
      const cached = this.#cache.get(id)
      const quest = cached === undefined ? this.#listed(id) : this.#read(id, cached)
      if (quest === undefined || quest !== cached?.quest) changes.push({ id, quest })
    }
    return changes
  }

  /** Forgets quests, to be read when next asked for. */
  forget(ids: Iterable<QuestId>): void {
    for (const id of ids) this.#cache.delete(id)
  }

  #everCompleted(): ReadonlySet<QuestId> {
    const ids = new Set<QuestId>()
    this.#document.visit('completions', (id) => void ids.add(questIdOfCompletion(id)))
    return ids
  }

  #listed(id: QuestId): ListedQuest | undefined {
    const record = this.#document.record('quests', id)
    return record === undefined ? undefined : new ListedRecord(id, record, this.#find)
  }

  #read(id: QuestId, cached?: CachedQuest): Quest | undefined {
    const source = this.#document.record('quests', id)
    if (source === undefined) {
      this.#cache.delete(id)
      return undefined
    }
    const fields = cached?.source === source ? cached.quest : readQuest(id, source)
    const completion = this.#find(id, currentOccurrence(fields))
    const quest = withCompletion(fields, completion)
    if (cached !== undefined && quest === cached.quest) return quest
    this.#cache.set(id, { source, quest })
    return quest
  }
}
