import type { TableName } from '@questlog/shared/domain/kernel/record-write'
import { TABLE_NAMES } from '@questlog/shared/domain/kernel/record-write'
import { isReadTable, recordKinds } from '@questlog/shared/domain/kinds/record-kinds'
import { type FoldedRecord, valueIn } from '@questlog/shared/store/fold'
import type { Draft } from '../read-model/workspace-store.ts'
import { type BroughtBack, isBroughtBack } from './brought-back.ts'
import { type Past, pastRecord } from './past.ts'
import { inPieces } from './pause.ts'
import { PlanBuilder, type RestorePlan } from './restore-plan.ts'

/** What a restore goes by, besides the workspace as it is. */
export interface PlanContext {
  readonly past: Past
  readonly broughtBack: BroughtBack
  /** Milliseconds; when what was made since goes to the Trash. */
  readonly now: number
}

/**
 * Puts a whole workspace back. Quests and projects made since go to the Trash; new completions of quests that were
 * there are undone, new relations between such quests are cleared, and all else stays. What an earlier restore brought
 * back is cleared again, so that restoring to just before a restore undoes it exactly.
 */
export async function planWorkspace(draft: Draft, context: PlanContext): Promise<RestorePlan> {
  const { past, broughtBack, now } = context
  const plan = new PlanBuilder(past, draft)
  for (const table of TABLE_NAMES) {
    const were = past.records.get(table) ?? new Map<string, FoldedRecord>()
    await inPieces(were.keys(), (id) => plan.putBack(table, id))
    await inPieces(draft.ids(table), (id) => {
      if (were.has(id)) return
      if (isBroughtBack(broughtBack, table, id)) plan.clear(table, id)
      else takeBackNew(plan, past, { table, id, record: draft.record(table, id) ?? {}, now })
    })
  }
  await inPieces(past.records.get('quests')?.keys() ?? [], (id) => plan.putNoteBack(id))
  return plan
}

interface NewRecord {
  readonly table: TableName
  readonly id: string
  readonly record: FoldedRecord
  readonly now: number
}

function takeBackNew(plan: PlanBuilder, past: Past, { table, id, record, now }: NewRecord): void {
  const wasThere = (path: string): boolean => pastRecord(past, 'quests', String(valueIn(record, path))) !== undefined
  switch (isReadTable(table) ? recordKinds[table].takenBackBy : null) {
    case 'deletedAt':
      if (valueIn(record, 'deletedAt') === null) plan.write({ table, id, patch: { deletedAt: now } }, 'trashed')
      break
    case 'voided':
      if (valueIn(record, 'voided') === null && wasThere('questId')) {
        plan.write({ table, id, patch: { voided: now } }, 'changed')
      }
      break
    case 'clearing':
      if (wasThere('from') && wasThere('to')) plan.clear(table, id)
      break
    case null:
      break
  }
}
