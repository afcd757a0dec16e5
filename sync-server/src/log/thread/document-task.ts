/** A function that a document thread can run; what it takes and answers can be sent between threads. */
export interface DocumentTask<Asked extends readonly unknown[], Answer> {
  /** The address of the module that exports it under its own name. */
  readonly module: string
  readonly work: (...asked: Asked) => Answer
}

/** Names a function for document threads: `documentTask(import.meta.url, compactUpdates)` beside the exported function. */
export function documentTask<Asked extends readonly unknown[], Answer>(
  module: string,
  work: (...asked: Asked) => Answer,
): DocumentTask<Asked, Answer> {
  return { module, work }
}
