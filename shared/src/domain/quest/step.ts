import type { KeyedType } from '../fields/field.ts'
import { rank } from '../fields/value-types.ts'
import { type StepId, storedId } from '../kernel/ids.ts'
import type { FieldValue, Patch } from '../kernel/record-write.ts'
import { defaultRank } from '../order/rank.ts'

/** One thing to tick within a quest. */
export interface Step {
  readonly text: string
  readonly done: boolean
  /** Fractional index among the quest's steps. */
  readonly rank: string
}

const none: ReadonlyMap<StepId, Step> = new Map<StepId, Step>()

/**
 * The steps of a quest in their order. Text, tick and place are fields of their own, so that two devices may edit them at
 * once; what has no text is no step.
 */
export const steps: KeyedType<'steps', ReadonlyMap<StepId, Step>> = {
  name: 'steps',
  isKeyed: true,
  none,
  readKeys(record, keys, field) {
    const found: [StepId, Step][] = []
    for (const key of keys) {
      if (!key.endsWith('/text')) continue
      const text = record[`${field}/${key}`]
      const stepId: StepId = storedId(key.slice(0, -'/text'.length))
      if (typeof text !== 'string' || stepId === '') continue
      const place = rank.read(record[`${field}/${stepId}/rank`] ?? null) ?? defaultRank(stepId)
      found.push([stepId, { text, done: record[`${field}/${stepId}/done`] === true, rank: place }])
    }
    if (found.length === 0) return none
    return new Map(found.sort(([idA, a], [idB, b]) => compareText(a.rank, b.rank) || compareText(idA, idB)))
  },
  storeKeys: (_field, value) =>
    Object.assign(
      {},
      ...Array.from(value, ([id, { text, done, rank: place }]) =>
        stepPatch(id, done ? { text, done, rank: place } : { text, rank: place }),
      ),
    ),
}

/** The fields of one step, by path; null clears one. */
export function stepPatch(stepId: StepId, fields: { readonly [Field in keyof Step]?: Step[Field] | null }): Patch {
  const patch: { [path: string]: FieldValue } = {}
  if (fields.text !== undefined) patch[`steps/${stepId}/text`] = fields.text
  if (fields.done !== undefined) patch[`steps/${stepId}/done`] = fields.done
  if (fields.rank !== undefined) patch[`steps/${stepId}/rank`] = fields.rank
  return patch
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
