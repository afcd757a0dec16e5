import { DIGEST_REQUEST, type DigestMessage } from '@questlog/shared/protocol/documents'
import { nextTurn } from '../../log/updates/pieces.ts'
import type { OpenDocument } from '../documents/open-document.ts'

const SLICE_MS = 8

/**
 * The message with the digest of what the log holds of a document. All that it is of was sent to everybody by then, so it
 * must be sent at once. The first one of a document is counted in slices, so that a large one holds nobody up; later ones
 * cost what changed since. Throws once the document is closed.
 */
export async function digestOf(open: OpenDocument, charged: <Answer>(work: () => Answer) => Answer): Promise<string> {
  await open.settled()
  for (;;) {
    const message = charged(() => countSlice(open))
    if (message !== null) return message
    await nextTurn()
  }
}

function countSlice({ digest }: OpenDocument): string | null {
  const startedMs = performance.now()
  if (!digest.advance(() => performance.now() - startedMs > SLICE_MS)) return null
  const message: DigestMessage = { type: 'digest', digest: digest.read() ?? '' }
  return JSON.stringify(message)
}

const digestRequest = Buffer.from(DIGEST_REQUEST)

/** Whether the payload of a stateless frame, with its length before it, asks for the digest. */
export function isDigestRequest(payload: Uint8Array): boolean {
  // It is ASCII, and short enough for a length of one byte.
  return payload.length === digestRequest.length + 1 && digestRequest.equals(payload.subarray(1))
}
