import { type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { ok } from '@questlog/shared/domain/kernel/result'
import { isBlocked } from '@questlog/shared/domain/state/dependencies'
import { createProjection } from '@questlog/shared/store/projection'
import { seededRandom } from '@questlog/shared/store/projection-test-log'
import { openQuestDocument, type QuestDocument } from '@questlog/shared/store/quest-document'
import { expect, test } from 'vitest'
import { createPostgresLog } from '../log/postgres-log.ts'
import type { Device } from '../sync/testing/device.ts'
import { loggedDocument } from '../sync/testing/logged-document.ts'
import { useStarted } from '../testing/use-database.ts'
import { readTables } from './testing/read-tables.ts'
import { startStore } from './testing/start-store.ts'
import { useStore } from './testing/use-store.ts'
import type { Draft } from './workspace-store.ts'

const STEPS = 120
const QUESTS: readonly QuestId[] = ['q1', 'q2', 'q3', 'q4', 'q5'].map((id) => storedId(id))
/** Longer than a key of an index may be, and not to be compressed. */
const noise = seededRandom(1)
const LONG = Array.from({ length: 9_000 }, () => String.fromCharCode(97 + Math.floor(noise() * 26))).join('')
const TEXTS = ['Plan', 'Löschen', '', '\u{0}', 'a\ud800b', '東京', LONG, "it's \\u0000 \\ud800"]
const VALUES = [
  ...TEXTS,
  null,
  0,
  1,
  -1,
  1e300,
  2 ** 53,
  true,
  false,
  [1, null],
  { d: '2026-02-30' },
  { d: '2026-02-01' },
]
const PATHS = ['title', 'createdAt', 'name', 'priority', 'due', 'rank', 'deletedAt', 'status', 'kind', 'from', 'to']
const ODD_PATHS = [
  'tags/a',
  'tags/b',
  'assignees/u',
  'steps/k/text',
  'steps/k/rank',
  'quests',
  'at',
  'day',
  'estimateMin',
]
/** What makes a record of each table visible. */
const RECORDS = {
  quests: { title: 'Quest', createdAt: 5 },
  projects: { name: 'Project', createdAt: 5 },
  sections: { projectId: 'q1', name: 'Section' },
  tags: { name: 'Tag' },
  categories: { name: 'Category' },
  templates: { name: 'Template', quests: [{ title: 'One' }] },
  completions: { questId: 'q1', occurrence: 'once', at: 7, day: '2026-01-01' },
} as const
const TABLES = ['quests', 'projects', 'sections', 'tags', 'categories', 'templates', 'completions'] as const

const { database, server } = useStore({}, 'file')
const servers = [server, useStarted('file', () => startStore(database.pool, { replicaBytes: 1 }))] as const

interface Writer {
  readonly device: Device
  readonly document: QuestDocument
  readonly sent: { count: number }
}

type Random = () => number

function pick<Value>(random: Random, values: readonly Value[]): Value {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

/** Whatever a device could write, sense or nonsense. */
function writeOnDevice(random: Random, { document }: Writer): void {
  const quest = pick(random, QUESTS)
  const turn = random()
  if (turn < 0.2) document.note(quest).insert(0, pick(random, ['note ', 'Bücher ', 'x']))
  else if (turn < 0.5) {
    const [from, to] = [quest, pick(random, QUESTS)]
    const patch =
      random() < 0.3 ? { kind: null } : { kind: 'blocks', from, to, createdAt: 1 + Math.floor(random() * 3) }
    document.write([{ table: 'relations', id: `blocks.${from}.${to}`, patch }])
  } else {
    const table = pick(random, TABLES)
    const odd = Object.fromEntries(
      Array.from({ length: Math.floor(random() * 4) }, () => [
        pick(random, [...PATHS, ...ODD_PATHS]),
        pick(random, VALUES),
      ]),
    )
    const id = table === 'completions' ? `${quest}:once` : quest
    document.write([{ table, id, patch: random() < 0.5 ? { ...odd, ...RECORDS[table] } : odd }])
  }
}

function writeOverRest(random: Random, draft: Draft): void {
  const [id, other] = [pick(random, QUESTS), pick(random, QUESTS)]
  const commands = [
    () => draft.dispatch({ kind: 'createQuest', id, title: 'Made over REST' }),
    () => draft.dispatch({ kind: 'completeQuest', id }),
    () => draft.dispatch({ kind: 'reopenQuest', id }),
    () => draft.dispatch({ kind: 'editQuest', id, fields: { due: { d: '2026-05-01' }, status: 'cancelled' } }),
    () => draft.dispatch({ kind: 'trashQuests', ids: [id] }),
    () => draft.dispatch({ kind: 'restoreQuests', ids: [id] }),
    () => draft.dispatch({ kind: 'purgeQuests', ids: [id] }),
    () => draft.dispatch({ kind: 'relate', relation: 'blocks', from: id, to: other }),
    () => draft.setNote(id, pick(random, ['A note', 'Another note', ''])),
  ]
  for (let n = 0; n < 1 + random() * 3; n++) pick(random, commands)()
}

async function documentInLog(name: string): Promise<QuestDocument> {
  return openQuestDocument(await loggedDocument(createPostgresLog(database.pool), name), { now: Date.now })
}

test.each([1, 2, 3, 4])('rows rebuilt from the log are those made as it grew (seed %i)', async (seed) => {
  const random = seededRandom(seed * 7_919)
  const workspaceId = await database.newWorkspace()
  const name = `w:${workspaceId}:1`
  const writers: Writer[] = []
  for (const server of servers) {
    const device = await server.sync.device(name).sync('ann')
    const sent = { count: 0 }
    device.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== device) sent.count += 1
    })
    writers.push({ device, document: openQuestDocument(device.doc, { now: Date.now }), sent })
  }
  for (let step = 0; step < STEPS; step++) {
    const turn = random()
    const server = pick(random, servers)
    if (turn < 0.5) writeOnDevice(random, pick(random, writers))
    else if (turn < 0.8) {
      await server.store.write({
        workspaceIds: [workspaceId],
        userId: database.userId,
        run(drafts) {
          writeOverRest(random, drafts.get(workspaceId))
          return ok(null)
        },
      })
    } else await server.store.catchUp([workspaceId])
  }
  // The handshake's answer, and one for each edit.
  await Promise.all(writers.map(({ device, sent }) => device.until(() => device.statuses.length === 1 + sent.count)))
  await Promise.all(servers.map((server) => server.store.catchUp([workspaceId])))
  expect(writers.flatMap(({ device }) => device.closes)).toEqual([])

  const incremental = await readTables(database.db, workspaceId)
  await servers[0].store.rebuild(workspaceId)
  expect(await readTables(database.db, workspaceId)).toEqual(incremental)

  const document = await documentInLog(name)
  const state = createProjection(document)
  const ids = [...document.ids('quests')].sort()
  const rows = await database.db.selectFrom('quests').select('record').where('workspace_id', '=', workspaceId).execute()
  const shown = rows.map(({ record: { id, done, blocked } }) => ({ id, done, blocked }))
  expect(shown.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
    ids.map((id) => ({ id, done: state.isDone(storedId(id)), blocked: isBlocked(state, storedId(id)) })),
  )
})
