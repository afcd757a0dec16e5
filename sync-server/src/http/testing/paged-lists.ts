import { questSortSchema } from '@questlog/shared/protocol/quest-lists'
import { afterAll, beforeAll } from 'vitest'
import { z } from 'zod'
import { openStage } from '../../access/testing/open-stage.ts'
import type { SampleStage } from '../../access/testing/sample.ts'
import { startTestServer, type TestServer } from '../../testing/server.ts'
import { describedOperations } from './described-operations.ts'

/** The lists of a server that have pages, with two of everything in them. */
export interface PagedLists {
  /** Every one, in each of its orders, in one workspace and in all; a page is one entry. */
  readonly addresses: readonly string[]
  /** Asks for the first page, or the one behind a cursor, as somebody who may. */
  ask(address: string, cursor?: string): Promise<Response>
  /** As the owner of what is listed. */
  askAsOwner(address: string): Promise<Response>
}

/** What a page is made of. */
export const pageSchema = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullable() })

const ADMIN = 'admin@example.org'

/** A server with such lists for the tests of a file. */
export function usePagedLists(): PagedLists {
  let server: TestServer
  let lists: PagedLists
  beforeAll(async () => {
    server = await startTestServer({ ADMIN_EMAILS: ADMIN })
    lists = await openPagedLists(server)
  })
  afterAll(() => server.stop())
  return {
    get addresses() {
      return lists.addresses
    },
    ask: (address, cursor) => lists.ask(address, cursor),
    askAsOwner: (address) => lists.askAsOwner(address),
  }
}

async function openPagedLists(server: TestServer): Promise<PagedLists> {
  const { stage, actors } = await openStage(server, ADMIN)
  const tokenOf = async (name: string) => (await actors.find((actor) => actor.name === name)?.token()) ?? ''
  const tokens = { owner: await tokenOf('owner'), administrator: await tokenOf('administrator') }
  const project = await fill(server, stage)
  const openApi: unknown = await (await server.get('/api/v1/openapi.json')).json()
  return {
    addresses: addressesOf(openApi, stage, project),
    ask: (address, cursor) =>
      server.get(
        cursor === undefined ? address : `${address}&cursor=${encodeURIComponent(cursor)}`,
        address.startsWith('/api/v1/admin') ? tokens.administrator : tokens.owner,
      ),
    askAsOwner: (address) => server.get(address, tokens.owner),
  }
}

/** Two of everything that is listed. */
async function fill(server: TestServer, { workspaceId, asOwner }: SampleStage): Promise<string> {
  let project: unknown
  for (const name of ['One', 'Two']) {
    project = (await asOwner('POST', '/api/v1/projects', { workspaceId, name })).id
    await asOwner('POST', '/api/v1/tags', { workspaceId, name })
    await asOwner('POST', '/api/v1/categories', { workspaceId, name })
    const quest = { workspaceId, title: `${name} dragon`, due: { d: '2026-03-01' } }
    const [from, to, done] = [
      await asOwner('POST', '/api/v1/quests', quest),
      await asOwner('POST', '/api/v1/quests', quest),
      await asOwner('POST', '/api/v1/quests', quest),
    ]
    await asOwner('POST', '/api/v1/templates', { workspaceId, questId: from.id, name })
    await asOwner('POST', '/api/v1/relations', { workspaceId, kind: 'blocks', from: from.id, to: to.id })
    await asOwner('POST', `/api/v1/quests/${done.id}/complete`)
    await asOwner('POST', `/api/v1/workspaces/${workspaceId}/invitations`, { role: 'member' })
  }
  for (const name of ['Now', 'Later'])
    await asOwner('POST', '/api/v1/sections', { workspaceId, projectId: project, name })
  await server.database.pool.query(
    `insert into doc_set_aside (doc, kind, seq, reason) select 'w:' || $1 || ':1', 'update', n, 'missing'
      from generate_series(1, 2) as n`,
    [workspaceId],
  )
  return String(project)
}

/** Every list that has pages, in each of its orders, in one workspace and in all. */
function addressesOf(openApi: unknown, { workspaceId }: SampleStage, project: string): readonly string[] {
  const paged = describedOperations(openApi).filter(({ parameters }) => parameters.includes('cursor'))
  return paged.flatMap(({ path, parameters }) => {
    const address = path.replace(':workspaceId', workspaceId)
    if (!parameters.includes('workspaceId') || address !== path) return [`${address}?limit=1`]
    if (parameters.includes('projectId')) return [`${address}?limit=1&workspaceId=${workspaceId}&projectId=${project}`]
    const orders = parameters.includes('sort')
      ? questSortSchema.options.flatMap((sort) => [`&sort=${sort}`, `&sort=${sort}&order=desc`])
      : ['']
    const everywhere = orders.filter((order) => !order.includes('updated'))
    const about = parameters.includes('quest') ? '&quest=x' : ''
    return [
      ...orders.map((order) => `${address}?limit=1&workspaceId=${workspaceId}${order}`),
      ...everywhere.map((order) => `${address}?limit=1${order}${about}`),
    ]
  })
}
