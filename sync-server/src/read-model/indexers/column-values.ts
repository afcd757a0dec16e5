import { foldText } from '@questlog/shared/domain/kernel/fold-text'
import type { When } from '@questlog/shared/domain/time/when'

/** What stands for no date where dates are ordered: it sorts after all of them. */
export const NO_DATE = '~'

/** What stands for no priority where priorities are ordered, urgent first. */
export const NO_PRIORITY = 5

const FIRST_MS = -62_135_596_800_000
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999)
const TITLE_LENGTH = 200
const KEY_LENGTH = 256

/** Milliseconds since the epoch as ISO 8601, kept within the years 1 to 9999, which every reader of it can hold. */
export function instant(ms: number): string {
  return new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS)).toISOString()
}

/** The same of what may be missing. */
export function instantOrNull(ms: number | null): string | null {
  return ms === null ? null : instant(ms)
}

/** A When by its own wall clock, as text that sorts: a whole day before the times on it. */
export function sortableWhen(when: When | null): string {
  if (when === null) return NO_DATE
  return 'd' in when ? when.d : when.dt
}

/** A text short enough to be a key of an index, whatever a device wrote. */
export function key(text: string): string {
  return text.slice(0, KEY_LENGTH)
}

/** The same of what may be missing. */
export function keyOrNull(text: string | null): string | null {
  return text === null ? null : key(text)
}

/** A title or name to sort by: folded, and short enough for an index. */
export function sortableTitle(title: string): string {
  return foldText(title.slice(0, TITLE_LENGTH)).slice(0, TITLE_LENGTH)
}
