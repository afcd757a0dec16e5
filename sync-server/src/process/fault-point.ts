/** Places at which the crash suite ends the process. */
export const FAULT_POINTS = [
  'before-commit',
  'after-commit',
  'after-ack',
  'during-compaction',
  'during-rebase',
  'before-epoch-ends',
  'after-epoch-ended',
  'during-migration',
] as const

export type FaultPointName = (typeof FAULT_POINTS)[number]

/** Called when a run passes a named place; does nothing outside crash tests. */
export type FaultPoint = (name: FaultPointName) => void

/** Kills this process when a run passes the configured place for the n-th time; does nothing without one. */
export function createFaultPoint(
  crash: { readonly at: FaultPointName; readonly after: number } | undefined,
): FaultPoint {
  let passes = 0
  return (name) => {
    if (crash?.at !== name) return
    passes += 1
    if (passes >= crash.after) process.kill(process.pid, 'SIGKILL')
  }
}
