/**
 * Called by a reader that failed on a document's log, with its error. True if something was set aside or the log was
 * changed meanwhile: the reader starts again, on a new document of its own. False if the log is not to blame. Rejects
 * when the database does not answer.
 */
export type Examine = (document: string, failure: unknown) => Promise<boolean>
