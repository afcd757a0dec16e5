import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { ElementContent } from './element-list.ts'

/** The bytes of a plain value: equal for values that no reader can tell apart. */
export function bytesOf(value: unknown): string {
  return encoding.encode((encoder) => encoding.writeAny(encoder, value as null)).join()
}

/** Elements as Yjs keeps them, JSON where that loses nothing. */
export function contentsOf(values: readonly unknown[]): readonly ElementContent[] {
  const [json, beyondJson] = [values.filter(survivesJson), values.filter((value) => !survivesJson(value))]
  return [
    ...(json.length > 0 ? [new Y.ContentJSON(json)] : []),
    ...(beyondJson.length > 0 ? [new Y.ContentAny(beyondJson)] : []),
  ]
}

/** Whether a value is the same after a journey as JSON. */
function survivesJson(value: unknown): boolean {
  try {
    return bytesOf(JSON.parse(JSON.stringify(value))) === bytesOf(value)
  } catch {
    // A bigint, or something else that JSON cannot write.
    return false
  }
}
