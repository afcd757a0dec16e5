import * as Y from 'yjs'
import type { CommandError } from '../domain/commands/command-error.ts'
import type { Command } from '../domain/commands/commands.ts'
import { decide } from '../domain/commands/decide.ts'
import { type RecordId, storedId } from '../domain/kernel/ids.ts'
import type { RecordWrite } from '../domain/kernel/record-write.ts'
import { err, ok, type Result } from '../domain/kernel/result.ts'
import type { DecideContext } from '../domain/state/log-state.ts'
import { createHistory, type History } from './history.ts'
import { createProjection, type Projection } from './projection.ts'
import { openQuestDocument, type QuestDocument } from './quest-document.ts'

/** A log for tests: a real document and its projection, with a clock and chance that the test sets. */
export interface TestLog {
  readonly document: QuestDocument
  readonly projection: Projection
  /** Holds what `run` wrote. */
  readonly history: History
  /** What `decide` is told; replace to change the clock or the zone. */
  context: DecideContext
  /** Decides and writes; what was written, or why not. */
  run(command: Command): Result<readonly RecordWrite[], CommandError>
}

/** The same sequence of numbers in [0, 1) for the same seed (a linear congruential generator). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Opens an empty test log; `clientId` tells replicas apart. */
export function openTestLog(context: Partial<DecideContext> = {}, clientId = 1): TestLog {
  const doc = new Y.Doc({ gc: true })
  doc.clientID = clientId
  const log: TestLog = {
    document: openQuestDocument(doc, { now: () => log.context.now }),
    get projection() {
      return projection
    },
    get history() {
      return history
    },
    context: {
      now: Date.UTC(2026, 2, 10, 12),
      tz: 'UTC',
      dayStartHour: 0,
      userId: null,
      random: seededRandom(clientId),
      readOnly: false,
      ...context,
    },
    run(command) {
      const decision = decide(projection, command, log.context)
      if (!decision.ok) return err(decision.error)
      history.push(log.document.write(decision.value))
      return ok(decision.value)
    },
  }
  const projection = createProjection(log.document)
  const history = createHistory(log.document)
  return log
}

/** An id for tests, readable in failures. */
export function testId<Id extends RecordId>(name: string): Id {
  return storedId<Id>(name)
}
