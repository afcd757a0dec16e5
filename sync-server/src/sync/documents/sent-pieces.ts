import { type DocumentThread, ThreadFailure } from '../../log/thread/document-thread.ts'
import { piecesOf } from '../../log/updates/pieces.ts'
import { refused, retry } from '../refusals/refusal.ts'

/** The pieces of an update that a device sent: throws `DocumentClosed` where it cannot be cut. */
export async function piecesOfSent(
  update: Uint8Array,
  thread: Pick<DocumentThread, 'run'>,
): Promise<readonly Uint8Array[]> {
  try {
    return await piecesOf(update, thread)
  } catch (error) {
    if (!(error instanceof ThreadFailure)) throw error
    if (error.reason === 'threw') throw refused('malformed')
    if (error.reason === 'overdue' || error.reason === 'out-of-memory') throw refused('too-large')
    throw retry('busy', error)
  }
}
