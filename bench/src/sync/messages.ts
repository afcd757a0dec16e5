import { z } from 'zod'

/** What the load process is asked to do, in this order. */
export const loadOrder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connect'), url: z.string(), sockets: z.number(), devicesPerDocument: z.number() }),
  z.object({ kind: z.literal('edit'), editsPerSecond: z.number(), seconds: z.number(), warmUpSeconds: z.number() }),
])
export type LoadOrder = z.infer<typeof loadOrder>

/** All times in milliseconds. */
export const loadResult = z.object({
  edits: z.number(),
  seenP50: z.number(),
  seenP95: z.number(),
  seenP99: z.number(),
  acknowledgedP50: z.number(),
  acknowledgedP95: z.number(),
  unseen: z.number(),
  unacknowledged: z.number(),
  /** How late the load itself was with its edits: a generator that is out of breath measures nothing. */
  lateP95: z.number(),
})
export type LoadResult = z.infer<typeof loadResult>

export const serverStarted = z.object({ port: z.number() })
export const serverCost = z.object({ cpuUs: z.number(), heapMb: z.number(), rssMb: z.number() })
