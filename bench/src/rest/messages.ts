import { z } from 'zod'

/** What the load process is asked for: to fill the log, then windows of requests. */
export const loadOrder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fill'), url: z.string() }),
  z.object({
    kind: z.literal('load'),
    target: z.enum(['questlog', 'bare']),
    url: z.string(),
    requestsPerSecond: z.number(),
    seconds: z.number(),
    /** Requests within so many seconds from the start are made but not timed. */
    warmUpSeconds: z.number(),
    seed: z.number(),
  }),
])
export type LoadOrder = z.infer<typeof loadOrder>

export const filled = z.object({ quests: z.number() })

const times = z.object({ count: z.number(), p50: z.number(), p95: z.number() })

/** One window of requests; all times in milliseconds, and of the requests after the warm-up. */
export const loadWindow = z.object({
  reads: times,
  /** Null where the target takes none. */
  writes: times.nullable(),
  /** Answers that are no success. */
  failures: z.number(),
  /** How late the load itself was with its requests: a generator that is out of breath measures nothing. */
  lateP95: z.number(),
})
export type LoadWindow = z.infer<typeof loadWindow>
