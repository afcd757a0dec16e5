import { questListSchema } from '@questlog/shared/protocol/quests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addMember, anyRecordSchema, type Person, registerPerson } from '../records/testing/person.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
let ana: Person
let party: string
let project: string
let section: string
let tag: string
beforeAll(async () => {
  server = await startTestServer()
  ana = await registerPerson(server)
  party = await ana.makeParty()
  const make = async (path: string, body: object) => (await ana.ask(anyRecordSchema, 'POST', path, body)).id
  project = await make('/projects', { name: 'Castle' })
  section = await make('/sections', { projectId: project, name: 'Tower' })
  tag = await make('/tags', { name: 'deep' })
  const wall = await ana.makeQuest({ title: 'Wall', projectId: project, priority: 2, due: { d: '2027-03-05' } })
  const quests = [
    { title: 'Roof', projectId: project, sectionId: section, priority: 1, due: { dt: '2027-03-05T09:30' } },
    { title: 'Moat', tags: [tag], status: 'waiting', notes: 'Crocodiles are swimming' },
    { title: 'Gate', assignees: [ana.id], parentId: wall.id, due: { d: '2027-04-01' } },
    { title: 'Éclair', workspaceId: party, priority: 4 },
  ]
  const made = []
  for (const quest of quests) made.push(await ana.makeQuest(quest))
  await ana.call('POST', '/relations', { kind: 'blocks', from: wall.id, to: made[0]?.id })
  await ana.call('POST', `/quests/${made[2]?.id}/complete`)
  const gone = await ana.makeQuest({ title: 'Gone' })
  await ana.call('DELETE', `/quests/${gone.id}`)
})
afterAll(() => server.stop())

test.each([
  ['everything of yours', () => '', ['Wall', 'Roof', 'Moat', 'Gate', 'Éclair']],
  ['one workspace', () => `workspaceId=${party}`, ['Éclair']],
  ['a project', () => `project=${project}`, ['Wall', 'Roof']],
  ['the Inbox', () => `project=none&workspaceId=${ana.home}`, ['Moat', 'Gate']],
  ['a section', () => `section=${section}`, ['Roof']],
  ['a tag', () => `tag=${tag}`, ['Moat']],
  ['a status', () => 'status=waiting', ['Moat']],
  ['what is open, so not done', () => 'status=open', ['Wall', 'Roof', 'Éclair']],
  ['a status that what is done had', () => 'status=open&done=true', []],
  ['a priority', () => 'priority=4', ['Éclair']],
  ['no priority', () => 'priority=0', ['Moat', 'Gate']],
  ['what is done', () => 'done=true', ['Gate']],
  ['what is not', () => `done=false&workspaceId=${ana.home}`, ['Wall', 'Roof', 'Moat']],
  ['what is blocked', () => 'blocked=true', ['Roof']],
  ['what can be done now', () => 'actionable=true', ['Wall', 'Moat', 'Éclair']],
  ['yourself', () => 'assignee=me', ['Gate']],
  ['what belongs to another', () => `parent=${encodeURIComponent('nothing')}`, []],
  ['a range of due dates', () => 'dueFrom=2027-03-05&dueBefore=2027-03-06', ['Wall', 'Roof']],
  ['what is due from a day on', () => 'dueFrom=2027-03-06', ['Gate']],
  ['words', () => 'text=crocodile%20swim', ['Moat']],
  ['words without their accents', () => 'text=eclai', ['Éclair']],
  ['the Trash', () => 'trashed=true', ['Gone']],
])('a list of %s', async (_, query, expected) => {
  expect([...(await ana.titles(query()))].sort()).toEqual([...expected].sort())
})

test.each([
  ['due', 'asc', ['Wall', 'Roof', 'Gate', 'Moat']],
  ['due', 'desc', ['Gate', 'Roof', 'Wall', 'Moat']],
  ['priority', 'asc', ['Roof', 'Wall', 'Moat', 'Gate']],
  ['priority', 'desc', ['Wall', 'Roof', 'Gate', 'Moat']],
  ['createdAt', 'asc', ['Wall', 'Roof', 'Moat', 'Gate']],
  ['updated', 'desc', ['Gate', 'Roof', 'Moat', 'Wall']],
  ['title', 'asc', ['Gate', 'Moat', 'Roof', 'Wall']],
])('a list by %s, %s, page by page as in one', async (sort, order, expected) => {
  const query = `workspaceId=${ana.home}&sort=${sort}&order=${order}`
  expect(await ana.titles(query)).toEqual(expected)
  expect(await allTitles(query, 1)).toEqual(expected)
})

test('of several workspaces a list is in one order, whatever the size of its pages', async () => {
  const expected = ['Éclair', 'Gate', 'Moat', 'Roof', 'Wall']
  for (const limit of [1, 2, 5]) expect(await allTitles('sort=title', limit)).toEqual(expected)
  expect(await allTitles('sort=title&order=desc', 2)).toEqual(expected.toReversed())
})

test.each([
  ['due', 'asc', ['Wall', 'Roof', 'Gate', 'Moat', 'Éclair']],
  ['due', 'desc', ['Gate', 'Roof', 'Wall', 'Éclair', 'Moat']],
  ['priority', 'asc', ['Roof', 'Wall', 'Éclair', 'Moat', 'Gate']],
  ['priority', 'desc', ['Éclair', 'Wall', 'Roof', 'Gate', 'Moat']],
])('by %s, %s, what has none comes last in all workspaces together', async (sort, order, expected) => {
  for (const limit of [1, 2, 9]) expect(await allTitles(`sort=${sort}&order=${order}`, limit)).toEqual(expected)
})

test('what has none comes last among what is found, too', async () => {
  const ben = await registerPerson(server)
  const club = await ben.makeParty()
  await ben.makeQuest({ title: 'Stone one', due: { d: '2027-01-01' } })
  await ben.makeQuest({ title: 'Stone two' })
  await ben.makeQuest({ title: 'Stone three', workspaceId: club, due: { d: '2027-01-02' } })
  await ben.makeQuest({ title: 'Stone four', workspaceId: club })
  const inOrder = ['Stone three', 'Stone one', 'Stone four', 'Stone two']
  for (const limit of [1, 2, 3, 9]) {
    expect(await allTitles('text=stone&sort=due&order=desc', limit, ben)).toEqual(inOrder)
  }
})

test('quests that an order does not tell apart are each on one page', async () => {
  const ben = await registerPerson(server)
  const workspaceIds = [ben.home, await ben.makeParty(), await ben.makeParty()]
  for (let n = 0; n < 12; n++) await ben.makeQuest({ workspaceId: workspaceIds[n % 3], id: `${99 - n}`, title: 'Same' })
  for (const workspaceId of workspaceIds) await ben.makeQuest({ workspaceId, id: 'everywhere', title: 'Same' })
  for (const order of ['asc', 'desc']) {
    const found: string[] = []
    for (let cursor = ''; ; ) {
      const page = await ben.ask(questListSchema, 'GET', `/quests?sort=title&order=${order}&limit=2${cursor}`)
      found.push(...page.items.map(({ workspaceId, id }) => `${id} ${workspaceId}`))
      if (page.nextCursor === null) break
      cursor = `&cursor=${page.nextCursor}`
    }
    expect([found.length, new Set(found).size]).toEqual([15, 15])
    expect(found).toEqual(order === 'asc' ? found.toSorted() : found.toSorted().reverse())
  }
})

test('what is made between two pages shifts none of the others', async () => {
  const ben = await registerPerson(server)
  for (const title of ['b', 'd', 'f', 'h']) await ben.makeQuest({ title })
  const first = await ben.ask(questListSchema, 'GET', '/quests?sort=title&limit=2')
  for (const title of ['a', 'c', 'e']) await ben.makeQuest({ title })
  const second = await ben.ask(questListSchema, 'GET', `/quests?sort=title&limit=9&cursor=${first.nextCursor}`)
  const titles = [first, second].map(({ items }) => items.map(({ title }) => title))
  expect([titles, second.nextCursor]).toEqual([
    [
      ['b', 'd'],
      ['e', 'f', 'h'],
    ],
    null,
  ])
})

test('a list that did not change is answered without it', async () => {
  const first = await ana.call('GET', '/quests?status=waiting')
  const known = { 'if-none-match': first.headers.get('etag') ?? '' }
  expect((await ana.call('GET', '/quests?status=waiting', undefined, known)).status).toBe(304)
  const [moat] = questListSchema.parse(await first.json()).items
  await ana.call('PATCH', `/quests/${moat?.id}`, { notes: 'Crocodiles are swimming.' })
  expect((await ana.call('GET', '/quests?status=waiting', undefined, known)).status).toBe(200)
})

test('a wrong filter is refused by its name', async () => {
  for (const [query, path] of [
    ['sort=colour', 'query.sort'],
    ['sort=updated', 'query.sort'],
    ['cursor=x', 'query.cursor'],
    ['dueFrom=tomorrow', 'query.dueFrom'],
    ['colour=red', 'query.colour'],
  ]) {
    expect(await ana.refusal('GET', `/quests?${query}`)).toMatchObject({ code: 'invalid-request', errors: [{ path }] })
  }
})

test('a guest finds the quests assigned to them, does them, and nothing else', async () => {
  const guest = await registerPerson(server)
  await addMember(server, party, guest, 'guest')
  const steps = [{ id: 'step', text: 'Look' }]
  const mine = await ana.makeQuest({ workspaceId: party, title: 'For you', assignees: [guest.id], steps })
  const other = await ana.makeQuest({ workspaceId: party, title: 'Not for you', steps })
  await guest.makeQuest({ title: 'At home' })
  expect(await guest.titles()).toEqual(['At home', 'For you'])
  expect(await guest.titles(`workspaceId=${party}`)).toEqual(['For you'])
  expect(await guest.titles('text=you')).toEqual(['For you'])
  expect((await guest.quest(mine.id)).title).toBe('For you')
  expect((await guest.call('POST', `/quests/${mine.id}/complete`)).status).toBe(200)
  expect((await guest.call('PATCH', `/quests/${mine.id}/steps/step`, { done: true })).status).toBe(200)
  for (const [method, path, body, code] of [
    ['GET', `/quests/${other.id}`, undefined, 'not-found'],
    ['POST', `/quests/${other.id}/complete`, undefined, 'not-found'],
    ['PATCH', `/quests/${other.id}/steps/step`, { done: true }, 'not-found'],
    ['PATCH', `/quests/${mine.id}/steps/step`, { text: 'See' }, 'forbidden'],
    ['PATCH', `/quests/${mine.id}`, { title: 'Mine' }, 'forbidden'],
    ['DELETE', `/quests/${mine.id}`, undefined, 'forbidden'],
    ['POST', `/quests/${mine.id}/move`, { workspaceId: guest.home }, 'forbidden'],
    ['POST', `/quests/${other.id}/move`, { workspaceId: guest.home }, 'not-found'],
    ['GET', `/projects?workspaceId=${party}`, undefined, 'forbidden'],
    ['GET', `/activity?workspaceId=${party}&quest=${mine.id}`, undefined, 'forbidden'],
  ] as const) {
    expect([method, path, await guest.refusal(method, path, body)]).toEqual([method, path, { code }])
  }
  await ana.call('PATCH', `/quests/${mine.id}`, { assignees: [] })
  expect(await guest.refusal('GET', `/quests/${mine.id}`)).toEqual({ code: 'not-found' })
})

async function allTitles(query: string, limit: number, person = ana): Promise<readonly string[]> {
  const titles: string[] = []
  for (let cursor = ''; ; ) {
    const page = await person.ask(questListSchema, 'GET', `/quests?${query}&limit=${limit}${cursor}`)
    titles.push(...page.items.map(({ title }) => title))
    if (page.nextCursor === null) return titles
    cursor = `&cursor=${page.nextCursor}`
  }
}
