import type { Author } from './filled-log.ts'
import { titleOf, wordOf } from './filled-log.ts'

/** One request of a realistic mix. */
export interface MixedRequest {
  readonly kind: 'read' | 'write'
  readonly method: string
  readonly path: string
  readonly token: string
  readonly body?: unknown
}

/** 70 % reads (lists, single quests, searches) and 30 % writes (edits, completions, new quests, many at once). */
export function nextRequest(authors: readonly Author[], random: () => number): MixedRequest {
  const { token, workspaces } = pick(authors, random)
  const { id: workspaceId, questIds } = pick(workspaces, random)
  const quest = `/api/v1/quests/${pick(questIds, random)}?workspaceId=${workspaceId}`
  const n = Math.floor(random() * 1e6)
  const read = (path: string): MixedRequest => ({ kind: 'read', method: 'GET', path, token })
  const write = (method: string, path: string, body: unknown): MixedRequest => ({
    kind: 'write',
    method,
    path,
    token,
    body,
  })
  const share = random()
  if (share < 0.2) return read(`/api/v1/quests?workspaceId=${workspaceId}&done=false&sort=due&limit=50`)
  if (share < 0.3) return read('/api/v1/quests?sort=due&limit=50')
  if (share < 0.55) return read(quest)
  if (share < 0.7) return read(`/api/v1/quests?workspaceId=${workspaceId}&text=${encodeURIComponent(wordOf(n))}`)
  if (share < 0.85) return write('PATCH', quest, { title: titleOf(n), priority: n % 5 })
  if (share < 0.89) return write('POST', quest.replace('?', '/complete?'), { timeZone: 'Europe/Berlin' })
  if (share < 0.92) return write('POST', quest.replace('?', '/reopen?'), undefined)
  if (share < 0.97) return write('POST', '/api/v1/quests', { workspaceId, title: titleOf(n) })
  const operations = questIds
    .slice(n % 90, (n % 90) + 10)
    .map((id) => ({ op: 'patch', id, fields: { priority: n % 5 } }))
  return write('POST', '/api/v1/quests/bulk', { workspaceId, operations })
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}
