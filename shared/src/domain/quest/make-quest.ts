import { storedId } from '../kernel/ids.ts'
import { defaultQuest, type Quest } from './quest.ts'

/** A quest for tests and demonstrations: the defaults, and what the caller cares about. */
export function makeQuest(fields: Partial<Quest> = {}): Quest {
  const id = fields.id ?? storedId('01QUEST')
  return { ...defaultQuest(id, 'Slay the dragon', 0), ...fields, id }
}
