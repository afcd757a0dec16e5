import { expect, test } from 'vitest'
import { z } from 'zod'
import { issueMessage } from './issue-message.ts'

const requestSchema = z.object({
  title: z.string().max(5),
  count: z.int().min(3),
  kind: z.enum(['a', 'b']),
  version: z.literal(1),
  when: z.union([z.object({ d: z.string() }), z.object({ dt: z.string() })]),
  operations: z
    .array(z.discriminatedUnion('op', [z.object({ op: z.literal('create') }), z.object({ op: z.literal('trash') })]))
    .min(1),
  id: z.string().regex(/^x$/, 'must be an x'),
})

const messagesOf = (request: unknown) => {
  const parsed = requestSchema.safeParse(request, { error: issueMessage })
  return Object.fromEntries(parsed.error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [])
}

test('what is wrong with a request is said in words that go on after the path', () => {
  const wrong = { title: 'too long', count: 2, kind: 'c', version: 2, when: {}, operations: [{ op: 'eat' }], id: 'y' }
  expect(messagesOf(wrong)).toEqual({
    title: 'must be at most 5 characters long',
    count: 'must be at least 3',
    kind: 'must be one of a, b',
    version: 'must be 1',
    when: 'has none of the forms it may have',
    'operations.0.op': 'must be one of create, trash',
    id: 'must be an x',
  })
})

test('a part that is missing or of another kind is told so', () => {
  expect(messagesOf({ title: 3, count: 1.5, kind: 'a', version: 1, operations: {}, id: 'x' })).toEqual({
    title: 'must be text',
    count: 'must be a whole number',
    when: 'has none of the forms it may have',
    operations: 'must be a list',
  })
  expect(messagesOf([])).toEqual({ '': 'must be an object' })
  expect(messagesOf({ count: 3, kind: 'a', version: 1, when: { d: '' }, operations: [], id: 'x' })).toEqual({
    title: 'is missing',
    operations: 'must not be empty',
  })
})
