import type { Config } from '../config/config.ts'
import type { FaultPointName } from '../config/variables.ts'

/** Kills this process when a run passes the configured place for the n-th time; does nothing without one. */
export function createFaultPoint(crash: Config['crash']): (name: FaultPointName) => void {
  let passes = 0
  return (name) => {
    if (crash?.at !== name) return
    passes += 1
    if (passes >= crash.after) process.kill(process.pid, 'SIGKILL')
  }
}
