/** The layers of one package, lowest first: folders and files below its root. The longest path that fits counts. */
export interface PackageLayers {
  readonly root: string
  readonly layers: readonly (readonly string[])[]
}

/** A file imports from its own layer and from those below it. */
export const LAYERS: readonly PackageLayers[] = [
  {
    root: 'shared/src',
    layers: [
      ['domain'],
      ['protocol', 'store'],
      ['client/ports', 'client/workspace-ref.ts', 'client/ending.ts'],
      ['client/sync', 'client/rest', 'client/epochs'],
      ['client/changes', 'client/rescue'],
      ['client/workspace'],
      ['client/session'],
    ],
  },
  {
    root: 'web/src',
    layers: [
      ['theme', 'i18n'],
      ['ui'],
      ['session'],
      ['actions'],
      ['features'],
      ['shell', 'browser', 'pwa'],
      ['main.tsx'],
    ],
  },
  {
    root: 'sync-server/src',
    layers: [
      ['process', 'clock', 'memory'],
      ['db'],
      ['log', 'bus', 'jobs', 'http'],
      ['sync', 'follower', 'access', 'read-model'],
      [
        'activity',
        'admin',
        'api-keys',
        'audit',
        'auth',
        'callers',
        'http/rate-limits',
        'mail',
        'projects',
        'quests',
        'records',
        'relations',
        'restore',
        'set-aside',
        'tags',
        'templates',
        'workspaces',
      ],
      ['config'],
      ['embedded-database'],
      ['compose', 'doctor'],
      ['main.ts'],
    ],
  },
]
