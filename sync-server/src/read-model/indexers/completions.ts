import { questIdOfCompletion } from '@questlog/shared/domain/completions/completion'
import { type CompletionId, storedId } from '@questlog/shared/domain/kernel/ids'
import type { ReadModelTables } from '../../db/tables/read-model.ts'
import { instant, instantOrNull, key } from './column-values.ts'
import type { Indexer } from './indexer.ts'

/** Rows of completions, those undone included. */
export const completionIndexer: Indexer = {
  table: 'completions',
  columns: { quest_id: 'text', at: 'timestamptz', day: 'text', voided: 'boolean' },
  row({ workspaceId, state }, id) {
    const completion = state.completion(storedId<CompletionId>(id))
    if (completion === undefined) return null
    const { voided, ...fields } = completion
    const record: ReadModelTables['completions']['record'] = {
      ...fields,
      workspaceId,
      at: instant(completion.at),
      voidedAt: instantOrNull(voided),
    }
    return {
      record,
      columns: { quest_id: key(record.questId), at: record.at, day: key(record.day), voided: voided !== null },
    }
  },
  questOf: (id) => questIdOfCompletion(id),
}
