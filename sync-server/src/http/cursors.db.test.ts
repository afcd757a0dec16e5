import { problemSchema } from '@questlog/shared/protocol/problem'
import { expect, test } from 'vitest'
import { pageSchema, usePagedLists } from './testing/paged-lists.ts'

const lists = usePagedLists()

test('every list has a second page, and refuses what is no cursor of it', async () => {
  const { addresses, ask } = lists
  const pathOf = (address: string) => address.split('?')[0]
  const paged = new Set<string | undefined>()
  for (const address of addresses) {
    const { nextCursor } = pageSchema.parse(await (await ask(address)).json())
    if (nextCursor === null) expect(address).toContain('quest=x')
    else {
      paged.add(pathOf(address))
      expect((await ask(address, nextCursor)).status, address).toBe(200)
    }
    const refused = problemSchema.parse(await (await ask(address, 'x')).json())
    expect([refused.code, refused.errors?.[0]?.path], address).toEqual(['invalid-request', 'query.cursor'])
  }
  expect(paged).toEqual(new Set(addresses.map(pathOf)))
})

test('a moment in the year 0, which Postgres does not have, is refused in a list of completions', async () => {
  for (const name of ['from', 'before']) {
    const answer = await lists.askAsOwner(`/api/v1/completions?${name}=0000-01-01T00:00:00Z`)
    expect([answer.status, problemSchema.parse(await answer.json()).code]).toEqual([400, 'invalid-request'])
  }
})
