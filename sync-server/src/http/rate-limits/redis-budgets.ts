import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { z } from 'zod'
import { type Budgets, costMs, takenFrom } from './budgets.ts'

// Redis' own clock, so that servers with different clocks count alike. It may be set back, so the script keeps how much
// was spent and when: time earns back only as it passes, and a date that lies ahead is set to now.
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local spent, at = string.match(redis.call('GET', KEYS[1]) or '', '^(%S+) (%S+)$')
spent, at = tonumber(spent) or 0, tonumber(at) or now
spent = math.max(0, spent - math.max(0, now - at))
local cost, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local allowed = spent + cost <= burst * cost + 0.001
if allowed then spent = spent + cost end
if allowed or now < at then
  redis.call('SET', KEYS[1], string.format('%.3f %.3f', spent, now), 'PX', math.ceil(spent) + 1000)
end
return {allowed and 1 or 0, tostring(spent)}
`

const reply = z.tuple([z.union([z.literal(0), z.literal(1)]), z.coerce.number()])

const ANSWER_WITHIN_MS = 250
const WARN_EVERY_MS = 60_000

/**
 * Counts in Redis, for all servers together. While Redis does not answer, each server counts for itself by `fallback`:
 * a limit that is a little too wide is better than no service.
 */
export function createRedisBudgets(deps: {
  readonly url: string
  readonly fallback: Budgets
  readonly logger: Logger
  /** How long an answer of Redis is waited for. */
  readonly answerWithinMs?: number
}): Budgets & { close(): void } {
  const redis = new Redis(deps.url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: deps.answerWithinMs ?? ANSWER_WITHIN_MS,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
  })
  let warnedAt = Number.NEGATIVE_INFINITY
  function warn(error: unknown): void {
    if (performance.now() - warnedAt < WARN_EVERY_MS) return
    warnedAt = performance.now()
    deps.logger.warn({ err: error }, 'Redis does not answer: this server counts requests alone')
  }
  redis.on('error', warn)
  return {
    async take(key, policy) {
      try {
        const answer = await redis.eval(TAKE, 1, `questlog:rate:${key}`, costMs(policy), policy.burst)
        const [allowed, spentMs] = reply.parse(answer)
        return takenFrom(policy, allowed === 1, spentMs)
      } catch (error) {
        warn(error)
        return deps.fallback.take(key, policy)
      }
    },
    close: () => redis.disconnect(),
  }
}
