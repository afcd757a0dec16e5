import type { FieldTable, FieldValues } from '../fields/field.ts'
import { recordReader } from '../fields/read-record.ts'
import { count, flag, id, instant, option, text } from '../fields/value-types.ts'
import type { CompletionId, QuestId, UserId } from '../kernel/ids.ts'
import type { Patch } from '../kernel/record-write.ts'
import { DIFFICULTIES } from '../quest/quest-fields.ts'
import { dateOfUtcMs, isRealDate } from '../time/calendar-date.ts'

const counted = { type: count({ least: 0, most: Number.MAX_SAFE_INTEGER }), default: 0 } as const

export const completionFields = {
  questId: { type: id<QuestId>('quests'), isRequired: true },
  /** Local date of the occurrence, or `once` for a quest that does not repeat. */
  occurrence: { type: text, isRequired: true },
  at: { type: instant, isRequired: true },
  /** IANA time zone of the device that completed it. */
  tz: { type: text, default: 'UTC' },
  /** Local date at completion, `YYYY-MM-DD`, stamped once. */
  day: { type: text, isRequired: true },
  by: { type: id<UserId>('accounts'), default: null },
  difficulty: { type: option(DIFFICULTIES), default: 'medium' },
  stepsDone: counted,
  timely: { type: flag, default: false },
  unblocked: counted,
  /** When it was undone, or null. */
  voided: { type: instant, default: null },
} as const satisfies FieldTable

/** One done occurrence of a quest: the reward ledger's record. */
export interface Completion extends FieldValues<typeof completionFields> {
  readonly id: CompletionId
}

const read = recordReader<CompletionId, typeof completionFields>(completionFields)

/** Reads a completion from its fields; undefined without its quest, occurrence, moment or day. */
export function readCompletion(completionId: CompletionId, record: Patch): Completion | undefined {
  const completion = read(completionId, record)
  if (completion === undefined || isRealDate(completion.day)) return completion
  return { ...completion, day: dateOfUtcMs(completion.at) }
}
