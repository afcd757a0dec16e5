import { afterAll, expect, test } from 'vitest'
import { awaitedThreadLimits, createDocumentThread } from '../../log/thread/document-thread.ts'
import { DocumentClosed } from '../refusals/refusal.ts'
import { piecesOfSent } from './sent-pieces.ts'

const thread = createDocumentThread(awaitedThreadLimits)

afterAll(() => thread.close())

test('what cannot be cut is refused', async () => {
  await expect(piecesOfSent(new Uint8Array(300_000).fill(255), thread)).rejects.toBeInstanceOf(DocumentClosed)
})
