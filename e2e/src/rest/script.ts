import type { ScriptAccount } from '../harness/account.ts'

/** A write that is sent until it is answered, under one key. */
export interface BulkWrite {
  readonly key: string
  readonly titles: readonly string[]
  /** The text it was answered with; null while nobody knows whether it was done. */
  answer: string | null
}

/** A write of some quests at once. */
export function bulkWrite(name: string, quests: number): BulkWrite {
  return { key: name, titles: Array.from({ length: quests }, (_, n) => `${name} quest ${n}`), answer: null }
}

/** Sends a write; false when the server is gone before it answers. */
export async function send(url: string, account: ScriptAccount, write: BulkWrite): Promise<boolean> {
  const operations = write.titles.map((title) => ({ op: 'create', title, notes: `About ${title}` }))
  try {
    const response = await fetch(`${url}/api/v1/quests/bulk`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${account.accessToken}`,
        'idempotency-key': write.key,
      },
      body: JSON.stringify({ operations }),
    })
    const text = await response.text()
    if (response.status !== 200) throw new Error(`${write.key} was answered ${response.status}: ${text}`)
    if (write.answer !== null && write.answer !== text) throw new Error(`${write.key} was answered in two ways`)
    write.answer = text
    return true
  } catch (error) {
    // What fetch says of a connection that is cut or refused.
    if (error instanceof TypeError) return false
    throw error
  }
}

/** The titles of all quests of somebody, from the first page to the last. */
export async function allTitles(url: string, account: ScriptAccount): Promise<readonly string[]> {
  const titles: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: string = cursor === '' ? '' : `&cursor=${cursor}`
    const response = await fetch(`${url}/api/v1/quests?limit=200${page}`, {
      headers: { authorization: `Bearer ${account.accessToken}` },
    })
    const { items, nextCursor } = (await response.json()) as { items: { title: string }[]; nextCursor: string | null }
    titles.push(...items.map(({ title }) => title))
    cursor = nextCursor
  }
  return titles
}
