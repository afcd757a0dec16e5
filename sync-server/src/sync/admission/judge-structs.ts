import type { RefusalReason } from '@questlog/shared/protocol/documents'
import * as Y from 'yjs'
import type { ClientRun, Struct } from '../../log/updates/decode-update.ts'
import type { NewRun } from './assess-update.ts'
import { visitInCausalOrder } from './causal-order.ts'
import { type ContentBounds, createContentCheck } from './check-contents.ts'
import type { AddedEntries } from './check-removals.ts'
import { judgePlace, type Neighbours, neighboursOf } from './judge-place.ts'
import { MergeCost } from './merge-cost.ts'
import type { Place, Places } from './places.ts'

/** The verdict on the structs of an update. */
export interface StructsJudgement {
  /** Whether everything they name is there. If not, nothing else is certain. */
  readonly isComplete: boolean
  readonly fault: RefusalReason | null
  /** Whether some place is undecided, so that the update has to prove itself. */
  readonly isUndecided: boolean
  /** Elements that Yjs walks over, at most. */
  readonly steps: number
  readonly entries: readonly AddedEntries[]
}

/** Judges each new struct at its place: its root, its neighbours, its contents, and what it costs to put it there. */
export function judgeStructs(
  runs: readonly NewRun[],
  places: Places,
  doc: Y.Doc,
  bounds: ContentBounds,
  mostSteps: number,
): StructsJudgement {
  const contents = createContentCheck(doc, bounds)
  const cost = new MergeCost(mostSteps)
  const roots = new Map<Struct, string>()
  const entries: AddedEntries[] = []
  let fault: RefusalReason | null = null
  let isUndecided = false

  const rootOf = (place: Place | null): string | undefined =>
    place?.kind === 'held' ? place.root : place === null ? undefined : roots.get(place.struct)

  const rootAt = (struct: Struct, { left, right }: Neighbours): string | null => {
    const [ofLeft, ofRight] = [rootOf(left), rootOf(right)]
    const root = struct.root ?? ofLeft ?? ofRight
    const isOne = (left === null || ofLeft === root) && (right === null || ofRight === root)
    return root !== undefined && isOne ? root : null
  }

  const judge = (struct: Struct, run: ClientRun): RefusalReason | null => {
    if (struct.kind === 'collected') return null
    const neighbours = neighboursOf(struct, places)
    const root = neighbours && rootAt(struct, neighbours)
    if (neighbours === null || root === null) return 'malformed'
    roots.set(struct, root)
    const wrong = contents.add(struct, root)
    if (wrong !== null) return wrong
    cost.add(struct, run, root, neighbours, doc.share.get(root))
    if (cost.steps > mostSteps) return 'too-large'
    const judgement = judgePlace(struct, neighbours)
    if (judgement === 'undecided') isUndecided = true
    if (struct.kind === 'entries') entries.push({ table: root, client: run.client, struct })
    return judgement === 'impossible' ? 'malformed' : null
  }

  const isComplete = visitInCausalOrder(
    runs,
    (client) => Y.getState(doc.store, client),
    (struct, run) => {
      fault ??= judge(struct, run)
    },
  )
  if (fault === null && contents.isNoteTooLong()) fault = 'too-large'
  return { isComplete, fault, isUndecided, steps: cost.steps, entries }
}
