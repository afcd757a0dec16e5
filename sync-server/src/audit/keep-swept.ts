import type { Logger } from 'pino'
import { type SweepDeps, sweepSecurityEvents } from './security-events.ts'

const EVERY_MS = 60 * 60_000

/** Removes security events that are too old now and then; answers a stop. */
export function keepSecurityEventsSwept(deps: SweepDeps & { readonly logger: Logger }): () => void {
  const timer = setInterval(() => {
    sweepSecurityEvents(deps).catch((error: unknown) => {
      deps.logger.warn({ err: error }, 'old security events could not be removed')
    })
  }, EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
