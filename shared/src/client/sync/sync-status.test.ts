import { describe, expect, test } from 'vitest'
import { type SyncFacts, type SyncStatus, syncStatusFrom } from './sync-status.ts'

const facts: SyncFacts = {
  link: { kind: 'joined' },
  unsavedChanges: 0,
  savedAt: 5,
  knownToServer: true,
  isCaughtUp: true,
}

describe('the status follows from the facts', () => {
  const table: readonly [rule: string, given: Partial<SyncFacts>, status: SyncStatus][] = [
    [
      'a log no server has heard of is local only',
      { link: { kind: 'idle' }, knownToServer: false },
      { kind: 'local-only' },
    ],
    [
      'a log a server knows is offline until it connects',
      { link: { kind: 'idle' }, unsavedChanges: 2 },
      { kind: 'offline', unsavedChanges: 2 },
    ],
    [
      'waiting for another attempt is offline',
      { link: { kind: 'waiting' }, knownToServer: false, unsavedChanges: 1 },
      { kind: 'offline', unsavedChanges: 1 },
    ],
    [
      'an attempt under way is connecting',
      { link: { kind: 'connecting' }, unsavedChanges: 1 },
      { kind: 'connecting', unsavedChanges: 1 },
    ],
    ['joined with something unsaved is saving', { unsavedChanges: 3 }, { kind: 'saving', unsavedChanges: 3 }],
    ['joined with nothing unsaved is saved', {}, { kind: 'saved', at: 5 }],
    [
      'joined while another tab writes to the disk is saving, before its edit can be counted',
      { isCaughtUp: false },
      { kind: 'saving', unsavedChanges: 0 },
    ],
    [
      'joined without an acknowledgement of everything is not saved',
      { savedAt: null },
      { kind: 'connecting', unsavedChanges: 0 },
    ],
    [
      'a refusal hides neither its reason nor what is unsaved',
      { link: { kind: 'refused', reason: 'role' }, unsavedChanges: 4 },
      { kind: 'refused', reason: 'role', unsavedChanges: 4 },
    ],
  ]

  test.each(table)('%s', (_rule, given, status) => {
    expect(syncStatusFrom({ ...facts, ...given })).toEqual(status)
  })

  test('only a joined link with nothing unsaved, here or on disk, is ever saved', () => {
    const links: SyncFacts['link'][] = [
      { kind: 'idle' },
      { kind: 'waiting' },
      { kind: 'connecting' },
      { kind: 'joined' },
      { kind: 'refused', reason: 'role' },
    ]
    const saved = links.flatMap((link) =>
      [0, 1].flatMap((unsavedChanges) =>
        [null, 5].flatMap((savedAt) =>
          [true, false].flatMap((knownToServer) =>
            [true, false].flatMap((isCaughtUp) => {
              const given: SyncFacts = { link, unsavedChanges, savedAt, knownToServer, isCaughtUp }
              return syncStatusFrom(given).kind === 'saved' ? [given] : []
            }),
          ),
        ),
      ),
    )
    const sure = { link: { kind: 'joined' }, unsavedChanges: 0, savedAt: 5, isCaughtUp: true }
    expect(saved).toEqual([
      { ...sure, knownToServer: true },
      { ...sure, knownToServer: false },
    ])
  })
})
