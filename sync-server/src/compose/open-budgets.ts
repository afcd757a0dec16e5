import type { Logger } from 'pino'
import type { Config } from '../config/config.ts'
import type { Budgets } from '../http/rate-limits/budgets.ts'
import { createMemoryBudgets } from '../http/rate-limits/memory-budgets.ts'

/** What callers have left of their requests: counted in Redis where one is configured, else in this process. */
export async function openBudgets(
  { redisUrl }: Config,
  { logger, monotonicMs }: { readonly logger: Logger; readonly monotonicMs: () => number },
  stack: AsyncDisposableStack,
): Promise<Budgets> {
  const inMemory = createMemoryBudgets(monotonicMs)
  if (redisUrl === undefined) return inMemory
  const { createRedisBudgets } = await import('../http/rate-limits/redis-budgets.ts')
  const shared = createRedisBudgets({ url: redisUrl, fallback: inMemory, logger })
  stack.defer(shared.close)
  return shared
}
