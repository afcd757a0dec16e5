import type { Connection } from '@hocuspocus/server'
import { writeSyncStep1 } from 'y-protocols/sync'
import type { OpenDocument } from '../documents/open-document.ts'
import type { StepOneAnswers } from '../documents/step-one-answers.ts'
import { step, syncMessage, updateHead } from '../frames/sync-frames.ts'
import { price } from '../limits/prices.ts'

/** A document on a socket, as far as its first steps are answered. */
export interface AskedConnection {
  readonly connection: Connection
  readonly open: OpenDocument
  readonly stepOneAnswers: StepOneAnswers
  /** Sends one message of several parts. The caller must not change them afterwards. */
  readonly sendParts: (...parts: readonly Uint8Array[]) => void
  /** `true`, or resolves, when what waits to be read leaves room for a large answer. */
  readonly readyToAnswer: () => true | Promise<void>
  /** Runs work that waits for nothing, and charges the time it took. */
  readonly charged: <Answer>(work: () => Answer) => Answer
  /** Charges what the work took beyond its price. */
  readonly spend: (price: number) => void
  readonly isClosed: () => boolean
}

/** Answers a device's state vector with what it lacks, and asks for what is missing here. */
export async function answerStepOne(stateVector: Uint8Array, asked: AskedConnection): Promise<void> {
  let answer: Uint8Array
  let ready = asked.readyToAnswer()
  do {
    if (ready !== true) await ready
    answer = await answerTo(stateVector, asked)
    if (asked.isClosed()) return
    // Others may have taken the room meanwhile.
    ready = asked.readyToAnswer()
  } while (ready !== true)
  asked.spend(price.answer(answer.length))
  sendSteps(answer, asked)
}

async function answerTo(
  stateVector: Uint8Array,
  { open, stepOneAnswers, charged, spend }: AskedConnection,
): Promise<Uint8Array> {
  // A device that comes from another process may know what others wrote there: it would send that as what is missing
  // here, and be refused for it, or find that the contents differ.
  await open.catchUp()
  return stepOneAnswers.answer(open, stateVector, { charged, spend })
}

function sendSteps(answer: Uint8Array, { connection, open, sendParts }: AskedConnection): void {
  const { messageAddress } = connection
  connection.send(syncMessage(messageAddress, (encoder) => writeSyncStep1(encoder, open.doc)))
  sendParts(updateHead(messageAddress, step.two, answer.length), answer)
}
