import * as Y from 'yjs'
import type { LogExaminer } from '../../log/set-aside/log-examiner.ts'
import { pastFaults } from '../../log/set-aside/past-faults.ts'
import { type DocumentThread, ThreadFailure } from '../../log/thread/document-thread.ts'
import type { Seq, UpdateLog } from '../../log/update-log.ts'
import { nextTurn } from '../../log/updates/pieces.ts'
import { price } from '../limits/prices.ts'
import { refused, retry } from '../refusals/refusal.ts'
import { encodeFrom, encodeTask } from './encode-from.ts'
import { missingFrom } from './missing-from.ts'
import type { OpenDocument } from './open-document.ts'

/** Sends devices what they lack of a document. */
export interface StepOneAnswers {
  /**
   * What the log holds beyond a state vector, as an update: nothing uncommitted, and nothing committed before the call is
   * left out. Throws `DocumentClosed` where the bytes are no state vector or the document was given up.
   */
  answer(open: OpenDocument, stateVector: Uint8Array, payer: Payer): Promise<Uint8Array>
}

/** Pays for the work of an answer that nobody else has asked for. */
export interface Payer {
  /** Does work at once, and charges the time it takes. */
  charged<Answer>(work: () => Answer): Answer
  /** Charges microseconds. */
  readonly spend: (price: number) => void
}

interface StepOneAnswersDeps {
  readonly log: Pick<UpdateLog, 'load'>
  readonly examine: LogExaminer['examine']
  readonly thread: DocumentThread
}

/** The open questions about one document. */
interface Asked {
  /** Settles when the answer under way is given. */
  current: Promise<unknown>
  /** Answers that have not begun yet, by what they hold. */
  readonly waiting: Map<string, Promise<Uint8Array>>
  last: { readonly key: string; readonly head: Seq; readonly bytes: Uint8Array } | null
}

interface Wanted {
  readonly key: string
  readonly from: ReadonlyMap<number, number>
  readonly payer: Payer
}

/** A document this small is written in some ten milliseconds. */
const SMALL_BYTES = 512 * 1024
/** Of larger ones, only few elements are written here, and fewer if they may be vast. */
const LARGE_BYTES = 8 * 1024 * 1024
const FEW = 2_000
const FEW_OF_LARGE = 50
const INLINE_MS = 20
/** Longer answers are not kept for others who ask the same. */
const KEPT_BYTES = 4 * 1024 * 1024

/**
 * Answers one at a time for each document. Devices that ask the same while it waits share an answer, and one that asks
 * again before the document changed gets the last answer. Long ones are written by a thread, from the log.
 */
export function createStepOneAnswers({ log, examine, thread }: StepOneAnswersDeps): StepOneAnswers {
  const ofDocuments = new WeakMap<OpenDocument, Asked>()

  const written = async (open: OpenDocument, from: ReadonlyMap<number, number>, payer: Payer): Promise<Uint8Array> => {
    if (isLittle(open, from)) {
      const bytes = payer.charged(() => encodeFrom(open.doc, from, INLINE_MS))
      if (bytes !== null) return bytes
    }
    payer.spend(price.load(open.bytes))
    // Setting something aside here also gives up the open document, which still has it.
    const { snapshot, tail } = await pastFaults(examine, open.name, () => log.load(open.name))
    const parts = tail.map(({ bytes }) => bytes)
    try {
      return await thread.run(encodeTask, snapshot === null ? parts : [snapshot, ...parts], from)
    } catch (error) {
      if (error instanceof ThreadFailure) throw retry('busy', error)
      throw error
    }
  }

  const begin = (open: OpenDocument, asked: Asked, { key, from, payer }: Wanted): Promise<Uint8Array> => {
    const answer = asked.current.then(async () => {
      asked.waiting.delete(key)
      await open.settled()
      const { head } = open
      const bytes = await written(open, from, payer)
      asked.last = bytes.length <= KEPT_BYTES && open.head === head ? { key, head, bytes } : null
      return bytes
    })
    asked.waiting.set(key, answer)
    asked.current = answer.catch(() => undefined).then(nextTurn)
    return answer
  }

  return {
    async answer(open, stateVector, payer) {
      // Nothing uncommitted may reach a device through the handshake.
      await open.settled()
      const from = payer.charged(() => missingFrom(open.doc, stateVector))
      if (from === null) throw refused('malformed')
      const asked = ofDocuments.get(open) ?? { current: Promise.resolve(), waiting: new Map(), last: null }
      ofDocuments.set(open, asked)
      const key = [...from].join()
      if (asked.last?.key === key && asked.last.head === open.head) {
        const { bytes } = asked.last
        // Sending it takes time as well.
        await nextTurn()
        return bytes
      }
      return asked.waiting.get(key) ?? begin(open, asked, { key, from, payer })
    },
  }
}

/**
 * Whether the missing part can be written quickly, by the number of structs and elements, and what they may hold at
 * most.
 */
function isLittle({ doc, bytes }: OpenDocument, from: ReadonlyMap<number, number>): boolean {
  if (bytes <= SMALL_BYTES) return true
  let elements = 0
  for (const [client, clock] of from) elements += Y.getState(doc.store, client) - clock
  return elements <= (bytes <= LARGE_BYTES ? FEW : FEW_OF_LARGE)
}
