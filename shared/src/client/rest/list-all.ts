import type { z } from 'zod'
import { ok, type Result } from '../../domain/kernel/result.ts'
import type { Account, AccountError } from './account.ts'

/** Pages at most, lest a server that always names another page keeps the client busy. */
const MAX_PAGES = 50

type Page<Item> = z.ZodType<{ readonly items: Item[]; readonly nextCursor: string | null }>

/** Reads all pages of a list; refused as a whole when one of them is. */
export async function listAll<Item>(
  send: Account['send'],
  path: string,
  answer: Page<Item> | (() => Promise<Page<Item>>),
): Promise<Result<readonly Item[], AccountError>> {
  const items: Item[] = []
  let cursor: string | null = null
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query: string = cursor === null ? '' : `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`
    const answered = await send({ method: 'GET', path: `${path}${query}`, answer })
    if (!answered.ok) return answered
    items.push(...answered.value.items)
    cursor = answered.value.nextCursor
    if (cursor === null) break
  }
  return ok(items)
}
