import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { ok } from '@questlog/shared/domain/kernel/result'
import { beforeAll, expect, test } from 'vitest'
import { useStore } from '../testing/use-store.ts'
import { searchCondition, searchRank } from './search-condition.ts'

const { database, server } = useStore({}, 'file')
let workspaceId: string
let elsewhere: string

const quests: readonly (readonly [title: string, note: string])[] = [
  ['Buy running shoes', 'for the Zürich marathon'],
  ['Die Häuser streichen', ''],
  ['Envoyer les dernières factures à Hélène', ''],
  ['Comprar los billetes', 'viajando con niños'],
  ['Купить новые книги', ''],
  ['東京の会議室を予約', ''],
  ['ตรวจสอบเอกสาร', ''],
  ['프로젝트를 마치다', ''],
  ['तैयारी करना', ''],
  ['Review release/v1.2', 'see https://example.com/path?x=1'],
  ['Shoes', 'nothing else'],
]

beforeAll(async () => {
  workspaceId = await database.newWorkspace()
  elsewhere = await database.newWorkspace()
  await server.store.write({
    workspaceIds: [workspaceId, elsewhere],
    userId: database.userId,
    run(drafts) {
      for (const [title, note] of quests) {
        const id = newId<QuestId>()
        drafts.get(workspaceId).dispatch({ kind: 'createQuest', id, title })
        drafts.get(workspaceId).setNote(id, note)
      }
      drafts.get(elsewhere).dispatch({ kind: 'createQuest', id: newId(), title: 'Shoes of another party' })
      return ok(null)
    },
  })
})

async function found(text: string, workspaceIds = [workspaceId]): Promise<readonly string[]> {
  const rows = await database.db
    .selectFrom('quests')
    .select('record')
    .where(searchCondition(workspaceIds, text))
    .orderBy('id')
    .execute()
  return rows.map((row) => row.record.title)
}

test.each([
  ['a word', 'shoes', ['Buy running shoes', 'Shoes']],
  ['the beginning of the last word', 'buy run', ['Buy running shoes']],
  ['another form of an English word', 'runs shoe', ['Buy running shoes']],
  ['a word of the notes, without its accent', 'zurich', ['Buy running shoes']],
  ['an accent that is not in the text', 'märathon', ['Buy running shoes']],
  ['a German singular', 'haus', ['Die Häuser streichen']],
  ['a French verb in another form', 'envoyez facture', ['Envoyer les dernières factures à Hélène']],
  ['a French name without accents', 'helene', ['Envoyer les dernières factures à Hélène']],
  ['a Spanish infinitive', 'viajar', ['Comprar los billetes']],
  ['a Russian singular', 'книга', ['Купить новые книги']],
  ['Japanese inside a run of text', '会議', ['東京の会議室を予約']],
  ['one Chinese character', '室', ['東京の会議室を予約']],
  ['Thai inside a run of text', 'เอกสาร', ['ตรวจสอบเอกสาร']],
  ['a Korean word without its particle', '프로젝트', ['프로젝트를 마치다']],
  ['the beginning of a Hindi word', 'तैया', ['तैयारी करना']],
  ['a part of a version or an address', 'v1 example', ['Review release/v1.2']],
  ['a stop word', 'los', ['Comprar los billetes']],
  ['a word of title and one of notes', 'comprar niños', ['Comprar los billetes']],
  ['a word that is nowhere', 'shoes nowhere', []],
  ['signs alone', '& | ! :*', []],
  ['operators and quotes as mere words', "shoes' & !buy | (running", ['Buy running shoes']],
])('a search finds by %s', async (_, text, titles) => {
  expect(await found(text)).toEqual(titles)
})

test('a search stays within the workspaces asked for, and may span them', async () => {
  expect(await found('shoes', [elsewhere])).toEqual(['Shoes of another party'])
  expect((await found('shoes', [workspaceId, elsewhere])).length).toBe(3)
  expect(await found('shoes', [])).toEqual([])
  expect(await found('shoes', ["x' | '/y"])).toEqual([])
})

test('the letter a workspace is known by in the index finds nothing by itself', async () => {
  expect(await found(workspaceId)).toEqual([])
})

test('words in titles weigh more than those in notes', async () => {
  await server.store.write({
    workspaceIds: [workspaceId],
    userId: database.userId,
    run(drafts) {
      const id = newId<QuestId>()
      const created = drafts.get(workspaceId).dispatch({ kind: 'createQuest', id, title: 'Luggage' })
      drafts.get(workspaceId).setNote(id, 'a billet for later')
      return created
    },
  })
  const rank = searchRank([workspaceId], 'billet')
  if (rank === null) throw new Error('no words')
  const rows = await database.db
    .selectFrom('quests')
    .select('record')
    .where(searchCondition([workspaceId], 'billet'))
    .orderBy(rank, 'desc')
    .execute()
  expect(rows.map((row) => row.record.title)).toEqual(['Comprar los billetes', 'Luggage'])
})
