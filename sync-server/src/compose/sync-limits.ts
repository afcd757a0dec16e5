import type { Config } from '../config/config.ts'
import { defaultSyncLimits, type SyncLimits } from '../sync/limits/sync-limits.ts'

/** The sync core's limits, with what the configuration overrides. */
export function syncLimits(config: Config): SyncLimits {
  return {
    ...defaultSyncLimits,
    keepLogMs: config.keepLogMs,
    ...(config.maxFrameBytes !== undefined && { maxFrameBytes: config.maxFrameBytes }),
    ...(config.maxDocumentBytes !== undefined && { maxDocumentBytes: config.maxDocumentBytes }),
    ...(config.compactAfterUpdates !== undefined && { compactAfterUpdates: config.compactAfterUpdates }),
    ...(config.openDocumentBytes !== undefined && {
      openDocumentBytes: config.openDocumentBytes,
      replicaBytes: config.openDocumentBytes / 4,
      documentHeapBytes: config.openDocumentBytes / 4,
    }),
    ...(config.rebaseClientIds !== undefined && {
      rebaseClientIds: config.rebaseClientIds,
      rebaseAnywayClientIds: 2 * config.rebaseClientIds,
    }),
  }
}
