import { z } from 'zod'

/** What the load process is asked to do: to connect once, then to edit in as many windows as wanted. */
export const loadOrder = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('connect'),
    url: z.string(),
    sockets: z.number(),
    devicesPerDocument: z.number(),
    /** Whether the devices of one document are different people's. */
    isShared: z.boolean(),
  }),
  z.object({
    kind: z.literal('edit'),
    editsPerSecond: z.number(),
    seconds: z.number(),
    /** Edits within so many seconds from the start are made but not timed. */
    warmUpSeconds: z.number(),
    seed: z.number(),
  }),
])
export type LoadOrder = z.infer<typeof loadOrder>

/** One window of edits; all times in milliseconds, one for each edit after the warm-up. */
export const loadWindow = z.object({
  edits: z.number(),
  seenMs: z.array(z.number()),
  acknowledgedMs: z.array(z.number()),
  unseen: z.number(),
  unacknowledged: z.number(),
  /** How late the load itself was with its edits: a generator that is out of breath measures nothing. */
  lateMs: z.array(z.number()),
})
export type LoadWindow = z.infer<typeof loadWindow>

export const loadConnected = z.object({ sockets: z.number() })
export const serverStarted = z.object({ port: z.number() })
export const serverCost = z.object({ cpuUs: z.number(), heapMb: z.number() })
export type ServerCost = z.infer<typeof serverCost>
