import type { Logger } from 'pino'
import { type IdempotencyDeps, sweepRecordedAnswers } from './recorded-answers.ts'

const EVERY_MS = 10 * 60_000

/** Removes what is too old now and then; answers a stop. */
export function keepAnswersSwept(deps: IdempotencyDeps & { readonly logger: Logger }): () => void {
  const timer = setInterval(() => {
    sweepRecordedAnswers(deps).catch((error: unknown) => {
      deps.logger.warn({ err: error }, 'old idempotency keys could not be removed')
    })
  }, EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
