import { readField } from '../fields/read-record.ts'
import type { QuestId } from '../kernel/ids.ts'
import type { Patch } from '../kernel/record-write.ts'
import type { ListedQuest } from '../quest/lists.ts'
import type { Quest } from '../quest/quest.ts'
import { questFields } from '../quest/quest-fields.ts'
import { currentOccurrence, stands } from './completion.ts'
import type { Completion } from './completion-fields.ts'

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

  get status(): Quest['status'] {
    return readField(questFields.status, this.#record, 'status')
  }

  get projectId(): Quest['projectId'] {
    return readField(questFields.projectId, this.#record, 'projectId')
  }

  get parentId(): Quest['parentId'] {
    return readField(questFields.parentId, this.#record, 'parentId')
  }

  get start(): Quest['start'] {
    return readField(questFields.start, this.#record, 'start')
  }

  get scheduled(): Quest['scheduled'] {
    return readField(questFields.scheduled, this.#record, 'scheduled')
  }

  get due(): Quest['due'] {
    return readField(questFields.due, this.#record, 'due')
  }

  get deadline(): Quest['deadline'] {
    return readField(questFields.deadline, this.#record, 'deadline')
  }

  get rank(): string {
    return questFields.rank.type.read(this.#record.rank ?? null) ?? questFields.rank.default(this.#id)
  }

  get todayRank(): Quest['todayRank'] {
    return readField(questFields.todayRank, this.#record, 'todayRank')
  }

  get recurrence(): Quest['recurrence'] {
    return readField(questFields.recurrence, this.#record, 'recurrence')
  }

  get completedAt(): number | null {
    return this.#standing()?.at ?? null
  }

  get completedDay(): string | null {
    return this.#standing()?.day ?? null
  }

  get deletedAt(): Quest['deletedAt'] {
    return readField(questFields.deletedAt, this.#record, 'deletedAt')
  }

  #standing(): Completion | undefined {
    const completion = this.#find(this.#id, currentOccurrence(this))
    return stands(completion) ? completion : undefined
  }
}
