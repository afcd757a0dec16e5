import { expect, test } from 'vitest'
import { createWaitingWorkspaces } from './waiting-workspaces.ts'

test('a run of edits is due when it pauses, and once a second while it does not', () => {
  const waiting = createWaitingWorkspaces()
  waiting.note('w', 'here', 0)
  expect(waiting.next()).toEqual({ workspaceId: 'w', dueMs: 300 })
  for (let nowMs = 100; nowMs <= 900; nowMs += 100) waiting.note('w', 'here', nowMs)
  expect(waiting.next()).toEqual({ workspaceId: 'w', dueMs: 1_000 })
})

test('what another process committed is left to it for a while, and is no matter of haste where it is known already', () => {
  const waiting = createWaitingWorkspaces()
  waiting.note('theirs', 'elsewhere', 0)
  expect(waiting.next()).toEqual({ workspaceId: 'theirs', dueMs: 3_000 })
  waiting.note('theirs', 'here', 100)
  waiting.note('theirs', 'elsewhere', 200)
  expect(waiting.next()).toEqual({ workspaceId: 'theirs', dueMs: 400 })
})

test('the pause after a failure doubles up to five minutes, and edits do not shorten it', () => {
  const waiting = createWaitingWorkspaces()
  const pauses = [1, 2, 3, 20].map((failures) => {
    waiting.take('w')
    waiting.failed('w', failures, 0)
    waiting.note('w', 'here', 0)
    return waiting.next()?.dueMs
  })
  expect(pauses).toEqual([1_000, 2_000, 4_000, 300_000])
  expect(waiting.take('w')).toBe(20)
})

test('who is due first comes first', () => {
  const waiting = createWaitingWorkspaces()
  waiting.note('later', 'here', 50)
  waiting.note('first', 'here', 0)
  waiting.found('at once', 40)
  const order = [1, 2, 3].map(() => {
    const next = waiting.next()
    waiting.take(next?.workspaceId ?? '')
    return next?.workspaceId
  })
  expect(order).toEqual(['at once', 'first', 'later'])
  expect(waiting.next()).toBeUndefined()
})
