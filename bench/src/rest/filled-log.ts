import { randomBytes } from 'node:crypto'
import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { z } from 'zod'
import { send } from './client.ts'

/** A person with a token, and what they have written. */
export interface Author {
  readonly token: string
  readonly workspaces: readonly { readonly id: string; readonly questIds: readonly string[] }[]
}

const AUTHORS = 20
const WORKSPACES_EACH = 5
const QUESTS_PER_WORKSPACE = 100

const WORDS = ['report', 'garden', 'invoice', 'running', 'letters', 'Größe', 'kitchen', 'review', 'ticket', 'harbour']
const NOTE = 'Some notes of a usual length, with a few words in them to be found by. '.repeat(4)

const session = z.object({ accessToken: z.string() })
const workspace = z.object({ id: z.string() })

/** Fills a server over REST: 10,000 quests of 20 people in 100 workspaces. */
export async function fillLog(url: string): Promise<readonly Author[]> {
  const authors: Author[] = []
  for (let author = 0; author < AUTHORS; author += 1) {
    const registered = await create(`${url}/api/v1/auth/register`, undefined, {
      email: `author-${author}@example.org`,
      password: randomBytes(12).toString('hex'),
      displayName: `Author ${author}`,
      client: 'native',
    })
    const { accessToken } = session.parse(registered)
    const workspaces: { id: string; questIds: string[] }[] = []
    for (let n = 0; n < WORKSPACES_EACH; n += 1) {
      const made = await create(`${url}/api/v1/workspaces`, accessToken, { name: `Party ${n}`, kind: 'party' })
      const { id } = workspace.parse(made)
      const questIds = Array.from({ length: QUESTS_PER_WORKSPACE }, () => newId<QuestId>())
      const operations = questIds.map((questId, index) => ({
        op: 'create',
        id: questId,
        title: titleOf(index),
        notes: NOTE,
        priority: index % 5,
        ...(index % 3 === 0 && { due: { d: `2027-0${(index % 9) + 1}-15` } }),
      }))
      await create(`${url}/api/v1/quests/bulk`, accessToken, { workspaceId: id, operations })
      workspaces.push({ id, questIds })
    }
    authors.push({ token: accessToken, workspaces })
  }
  return authors
}

/** A title with a word to be found by. */
export function titleOf(n: number): string {
  return `Look after the ${wordOf(n)} number ${n}`
}

/** One of the words that titles hold. */
export function wordOf(n: number): string {
  return WORDS[n % WORDS.length] ?? ''
}

async function create(url: string, token: string | undefined, body: unknown): Promise<unknown> {
  const { status, text } = await send('POST', url, token, body)
  if (status >= 300) throw new Error(`${url} answered ${status}: ${text.slice(0, 300)}`)
  return JSON.parse(text)
}
