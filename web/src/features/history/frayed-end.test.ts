import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import { expect, test } from 'vitest'
import { withoutFrayedEnd } from './frayed-end.ts'

const items = [5, 4, 3, 2, 1].map((at) => ({ at }) as HistoryItem)
const seen = (hasMore: boolean, ...ats: readonly number[]) => ({ changes: ats.map((at) => ({ at })), hasMore })
const told = (hasMore: boolean, ...ats: readonly number[]) => ({
  changes: ats.map((at) => ({ at: new Date(at).toISOString() })),
  hasMore,
})

test.each([
  ['both are there to their ends', seen(false, 5, 1), told(false, 4, 2), [5, 4, 3, 2, 1]],
  ['more is on this device', seen(true, 5, 3), told(false, 4, 1), [5, 4, 3]],
  ['more is on the server', seen(false, 5, 1), told(true, 4, 2), [5, 4, 3, 2]],
  ['both go on', seen(true, 5, 2), told(true, 4, 3), [5, 4, 3]],
])('what is earlier than either list reaches waits: %s', (_, local, server, shown) => {
  expect(withoutFrayedEnd(items, local, server).map(({ at }) => at)).toEqual(shown)
})
