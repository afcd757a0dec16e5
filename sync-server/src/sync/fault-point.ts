/** Places at which the crash suite ends the process. */
export type FaultPointName =
  | 'before-commit'
  | 'after-commit'
  | 'after-ack'
  | 'during-compaction'
  | 'during-rebase'
  | 'before-epoch-ends'
  | 'after-epoch-ended'

/** Called when a run passes a named place; does nothing outside crash tests. */
export type FaultPoint = (name: FaultPointName) => void
