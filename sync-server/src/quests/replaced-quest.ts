import { fieldsWith } from '@questlog/shared/domain/fields/field'
import { storedId } from '@questlog/shared/domain/kernel/ids'
import { defaultQuest } from '@questlog/shared/domain/quest/quest'
import { questFields } from '@questlog/shared/domain/quest/quest-fields'
import type { PatchQuest, ReplaceQuest } from '@questlog/shared/protocol/quest-writes'
import { wireValues } from '../read-model/indexers/wire-values.ts'

const {
  title: _title,
  recurrence: _recurrence,
  steps: _steps,
  reminders: _reminders,
  ...plain
} = fieldsWith(questFields, 'written', ['edit', 'whole'])
const defaults = wireValues(plain, defaultQuest(storedId(''), '', 0))

/** All that can be written of a quest, what was left out at its default, within its fields too. */
export function replacedQuest({ recurrence = null, steps = [], reminders = [], ...quest }: ReplaceQuest): PatchQuest {
  return {
    notes: '',
    ...defaults,
    ...quest,
    recurrence: recurrence && { ...recurrence, pausedUntil: recurrence.pausedUntil ?? null },
    steps: steps.map((step) => ({ ...step, done: step.done ?? false })),
    reminders: reminders.map((reminder) => ({ ...reminder, nagging: reminder.nagging ?? false })),
  }
}
