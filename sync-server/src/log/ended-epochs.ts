import { DELETED_SEQ } from './delete-documents.ts'

/** What the log and hints say in place of the head of a document whose epoch is over. No log grows so long. */
export const ENDED_SEQ = DELETED_SEQ - 1

/** Whether the database refused an append because the epoch of one of its documents is over. */
export function isEndedEpoch(error: unknown): boolean {
  return (error as { constraint?: unknown } | null)?.constraint === 'doc_heads_ended'
}
