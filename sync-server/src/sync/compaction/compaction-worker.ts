import { parentPort } from 'node:worker_threads'
import { compactUpdates, isFaithful } from './compact-update.ts'
import type { CompactionRequest } from './compaction-thread.ts'

parentPort?.on('message', (request: CompactionRequest) => {
  const answer =
    request.kind === 'compact' ? compactUpdates(request.updates) : isFaithful(request.stored, request.original)
  parentPort?.postMessage(answer)
})
