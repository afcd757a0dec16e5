import type { RefusalReason } from '@questlog/shared/protocol/documents'
import { createEncoder, toUint8Array, writeUint8Array, writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'
import { documentTask } from '../../log/thread/document-task.ts'
import type { DecodedUpdate } from '../../log/updates/decode-update.ts'
import { admitUpdate, readUpdate } from './admit-update.ts'
import { visitInCausalOrder } from './causal-order.ts'
import type { ContentBounds } from './check-contents.ts'

/** Processor time that applying an update may take: it holds up everybody here, and on each device that receives it. */
const MOST_MS = 50

/**
 * Tries an update on a copy of the document that `log` makes: null if it is safe, else why it is refused. Each of its
 * structs is applied alone and judged with all before it in place, so that nothing stays undecided. The whole update,
 * applied to the log and loaded afresh, must give the same as its structs one by one, within the time allowed.
 */
export function proveUpdate(
  log: readonly Uint8Array[],
  update: Uint8Array,
  bounds: ContentBounds,
): RefusalReason | null {
  const decoded = readUpdate(update)
  if (!decoded.ok) return decoded.error
  const stepwise = loaded(log)
  const fault = takeEach(partsOf(decoded.value, update, stepwise), stepwise, bounds)
  if (fault !== null) return fault
  const whole = loaded(log)
  const before = process.threadCpuUsage()
  Y.applyUpdate(whole, update)
  const { user, system } = process.threadCpuUsage(before)
  if ((user + system) / 1_000 > MOST_MS) return 'too-large'
  const wanted = contentsOf(stepwise)
  return [whole, loaded([Y.encodeStateAsUpdate(whole)])].every((doc) => contentsOf(doc) === wanted) ? null : 'malformed'
}

/** `proveUpdate` in a thread. */
export const proveTask = documentTask(import.meta.url, proveUpdate)

function loaded(log: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc({ gc: true })
  doc.transact(() => {
    for (const update of log) Y.applyUpdate(doc, update)
  })
  return doc
}

// In one transaction, or each struct would cost a walk over all clients of the document.
function takeEach(parts: readonly Uint8Array[], doc: Y.Doc, bounds: ContentBounds): RefusalReason | null {
  return doc.transact(() => {
    for (const part of parts) {
      const fault = take(part, doc, bounds)
      if (fault !== null) return fault
    }
    return null
  })
}

function take(part: Uint8Array, doc: Y.Doc, bounds: ContentBounds): RefusalReason | null {
  const decoded = readUpdate(part)
  const admission = decoded.ok ? admitUpdate(decoded.value, part, doc, bounds) : decoded
  if (!admission.ok) return admission.error
  if (admission.value.kind === 'gap') return 'malformed'
  if (admission.value.kind === 'known') return null
  if (!admission.value.isCertain) return 'too-large'
  Y.applyUpdate(doc, admission.value.bytes)
  return null
}

/** The structs of an update, each as an update of its own in the order in which they can be placed; deletions last. */
function partsOf({ runs, deletedOffset }: DecodedUpdate, update: Uint8Array, doc: Y.Doc): readonly Uint8Array[] {
  const parts: Uint8Array[] = []
  visitInCausalOrder(
    runs,
    (client) => Y.getState(doc.store, client),
    ({ clock, from, to }, { client }) => {
      const encoder = createEncoder()
      for (const part of [1, 1, client, clock]) writeVarUint(encoder, part)
      writeUint8Array(encoder, update.subarray(from, to))
      writeVarUint(encoder, 0)
      parts.push(toUint8Array(encoder))
    },
  )
  const encoder = createEncoder()
  writeVarUint(encoder, 0)
  writeUint8Array(encoder, update.subarray(deletedOffset))
  return [...parts, toUint8Array(encoder)]
}

/** Everything in a document as text, including what waits in it: equal for documents that read alike. */
export function contentsOf(doc: Y.Doc): string {
  const { pendingStructs, pendingDs } = doc.store
  const roots = [...doc.share.keys()].sort().map((name) => [name, contentOfRoot(doc, name)] as const)
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b)
  const isWaiting = pendingStructs !== null || pendingDs !== null
  return JSON.stringify({ roots: roots.filter(([, content]) => content.length > 0), clocks, isWaiting })
}

function contentOfRoot(doc: Y.Doc, name: string): readonly unknown[] {
  const content: unknown[] = []
  let text = ''
  for (let item = doc.share.get(name)?._start ?? null; item !== null; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentString) text += item.content.str
    else content.push(...item.content.getContent())
  }
  return text === '' ? content : [...content, text]
}
