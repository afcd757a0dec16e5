import { readId, readInstant } from '../kernel/field-readers.ts'
import type { QuestId } from '../kernel/ids.ts'
import type { Patch } from '../kernel/record-write.ts'
import { parseWhen } from '../time/when.ts'
import { currentOccurrence, stands } from './completion.ts'
import type { ListedQuest } from './lists.ts'
import type { Completion } from './quest.ts'
import { readQuestRank, readRank, readRecurrence, readStatus } from './quest-fields.ts'

/** Finds the completion of a quest's occurrence. */
export type FindCompletion = (questId: QuestId, occurrence: string) => Completion | undefined

/**
 * What places a quest in lists, each field read from its record when asked for, as `readQuest` reads it. A list asks
 * for few: opening one over many quests costs a fraction of building them.
 */
export class ListedRecord implements ListedQuest {
  readonly #id: QuestId
  readonly #record: Patch
  readonly #find: FindCompletion

  constructor(id: QuestId, record: Patch, find: FindCompletion) {
    this.#id = id
    this.#record = record
    this.#find = find
  }

  get status(): ListedQuest['status'] {
    return readStatus(this.#record)
  }

  get projectId(): ListedQuest['projectId'] {
    return readId(this.#record.projectId)
  }

  get parentId(): ListedQuest['parentId'] {
    return readId(this.#record.parentId)
  }

  get start(): ListedQuest['due'] {
    return parseWhen(this.#record.start)
  }

  get scheduled(): ListedQuest['scheduled'] {
    return parseWhen(this.#record.scheduled)
  }

  get due(): ListedQuest['due'] {
    return parseWhen(this.#record.due)
  }

  get deadline(): ListedQuest['deadline'] {
    return parseWhen(this.#record.deadline)
  }

  get rank(): string {
    return readQuestRank(this.#id, this.#record)
  }

  get todayRank(): string | null {
    return readRank(this.#record.todayRank)
  }

  get recurrence(): ReturnType<typeof readRecurrence> {
    return readRecurrence(this.#record)
  }

  get completedAt(): number | null {
    return this.#standing()?.at ?? null
  }

  get completedDay(): string | null {
    return this.#standing()?.day ?? null
  }

  get deletedAt(): number | null {
    return readInstant(this.#record.deletedAt, null)
  }

  #standing(): Completion | undefined {
    const completion = this.#find(this.#id, currentOccurrence(this))
    return stands(completion) ? completion : undefined
  }
}
