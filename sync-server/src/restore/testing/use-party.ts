import { type ActivityResponse, activitySchema } from '@questlog/shared/protocol/activity'
import { type Restored, restoredSchema } from '@questlog/shared/protocol/restore'
import { beforeAll, beforeEach } from 'vitest'
import { z } from 'zod'
import { createPostgresLog } from '../../log/postgres-log.ts'
import type { UpdateLog } from '../../log/update-log.ts'
import { addMember, anyRecordSchema, type Person, registerPerson } from '../../records/testing/person.ts'
import { type LoggedEdit, writeLogged } from '../../sync/testing/logged-document.ts'
import { startTestServer, type TestServer } from '../../testing/server.ts'
import { useStarted } from '../../testing/use-database.ts'

const lists = ['quests', 'quests?trashed=true', 'projects', 'projects?trashed=true', 'sections', 'tags', 'categories']
const othersLists = ['relations', 'completions', 'templates']
const activityPage = z.object({ items: z.array(activitySchema) })

/** A party that is new in each test: Ana owns it, Ben is a member. */
export interface UsedParty {
  readonly server: TestServer
  readonly ana: Person
  readonly ben: Person
  readonly id: string
  document(epoch?: number): string
  log(): UpdateLog
  restore(body: object): Promise<Restored>
  /** What Ana gets when a restore is refused. */
  refusal(body: object): Promise<unknown>
  activity(query?: string): Promise<readonly ActivityResponse[]>
  headSeq(): Promise<number>
  /** All that REST shows of the party but the versions of its records: to put back is to edit. */
  everything(): Promise<Readonly<Record<string, unknown>>>
  /** Makes a record, over REST as Ana; its id. */
  make(path: string, body: object): Promise<string>
  /** Makes a little of everything; the ids. */
  fill(): Promise<Filled>
  /** Writes into its log as somebody, past all checks. */
  writePast(userId: string, edit: LoggedEdit, epoch?: number): Promise<void>
}

type Filled = Readonly<
  Record<'project' | 'section' | 'tag' | 'category' | 'dragon' | 'sword' | 'horse' | 'relation', string>
>

/** Starts a server for the tests of a file, and makes a party for each test. */
export function useParty(): UsedParty {
  const server = useStarted('file', startTestServer)
  let ana: Person
  let ben: Person
  let id: string
  beforeAll(async () => {
    ana = await registerPerson(server)
    ben = await registerPerson(server)
  })
  beforeEach(async () => {
    id = await ana.makeParty()
    await addMember(server, id, ben, 'member')
  })

  const document = (epoch = 1) => `w:${id}:${epoch}`
  const log = () => createPostgresLog(server.database.pool)
  const make = async (path: string, body: object) =>
    (await ana.ask(anyRecordSchema, 'POST', path, { workspaceId: id, ...body })).id
  const activity = async (query = '') =>
    (await ana.ask(activityPage, 'GET', `/activity?workspaceId=${id}&limit=200${query}`)).items
  return {
    server,
    get ana() {
      return ana
    },
    get ben() {
      return ben
    },
    get id() {
      return id
    },
    document,
    log,
    restore: (body) => ana.ask(restoredSchema, 'POST', `/workspaces/${id}/restore`, body),
    refusal: (body) => ana.refusal('POST', `/workspaces/${id}/restore`, body),
    activity,
    headSeq: async () => (await activity())[0]?.seq ?? 0,
    async everything() {
      const shown: Record<string, unknown> = {}
      for (const list of [...lists, ...othersLists]) {
        const page = await ana.call('GET', `/${list}${list.includes('?') ? '&' : '?'}workspaceId=${id}&limit=200`)
        shown[list] = JSON.parse(await page.text(), (key, value) => (key === 'version' ? undefined : value))
      }
      return shown
    },
    make,
    fill: () => fill(ana, make),
    writePast: (userId, edit, epoch) => writeLogged(log(), { document: document(epoch), userId }, edit),
  }
}

async function fill(ana: Person, make: UsedParty['make']): Promise<Filled> {
  const project = await make('/projects', { name: 'Home' })
  const section = await make('/sections', { projectId: project, name: 'Later' })
  const tag = await make('/tags', { name: 'deep' })
  const category = await make('/categories', { name: 'Craft' })
  const title = 'Slay the dragon'
  const notes = 'The dragon lives north of the river, in a cave that nobody has left.'
  const dragon = await make('/quests', { title, notes, projectId: project, sectionId: section, tags: [tag] })
  const sword = await make('/quests', { title: 'Sharpen the sword', parentId: dragon, categoryId: category })
  const horse = await make('/quests', {
    title: 'Feed the horse',
    recurrence: { rrule: 'FREQ=DAILY' },
    due: { d: '2027-01-01' },
  })
  const relation = await make('/relations', { kind: 'blocks', from: horse, to: dragon })
  await ana.call('POST', `/quests/${sword}/complete`)
  await ana.call('POST', `/quests/${horse}/complete`)
  await make('/templates', { questId: dragon, name: 'Slaying' })
  return { project, section, tag, category, dragon, sword, horse, relation }
}

/** The tables of a party that REST shows. */
export const tables = ['quests', 'projects', 'sections', 'tags', 'categories', 'relations', 'completions', 'templates']

/** Removes everything in the document by a delete set alone. */
export const deleteEverything: LoggedEdit = (doc) => {
  for (const table of tables) doc.getArray(table).delete(0, doc.getArray(table).length)
  for (const name of [...doc.share.keys()]) {
    if (name.startsWith('note:')) doc.getText(name).delete(0, doc.getText(name).length)
  }
}
