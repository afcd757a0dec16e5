import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { createTestDatabase, type TestDatabase } from './database.ts'

/** How long something is there: each test gets its own, or all tests of a file share one. */
export type Lifetime = 'test' | 'file'

interface Stoppable {
  stop(): Promise<void>
}

export interface Stopping {
  /** Stops something after the test that runs, the last one first. */
  stopLater<Started extends Stoppable>(started: Started): Started
}

/** Gives the tests of a file a database. Hooks that are set after this call run while it is there. */
export function useDatabase(lifetime?: Lifetime): TestDatabase & Stopping
export function useDatabase<Database extends TestDatabase>(
  lifetime: Lifetime,
  create: () => Promise<Database>,
): Database & Stopping
export function useDatabase(lifetime: Lifetime = 'test', create = createTestDatabase): TestDatabase & Stopping {
  const started: Stoppable[] = []
  const database = useUntil(lifetime, create, (created) => created.drop())
  afterEach(async () => {
    for (const each of started.splice(0).reverse()) await each.stop()
  })
  return Object.assign(database, {
    stopLater<Started extends Stoppable>(each: Started): Started {
      started.push(each)
      return each
    },
  })
}

/** Starts something for the tests of a file, and stops it after them. */
export function useStarted<Started extends Stoppable>(lifetime: Lifetime, start: () => Promise<Started>): Started {
  return useUntil(lifetime, start, (started) => started.stop())
}

/** What `make` makes, once it is made: before that the answer is empty. */
function useUntil<Made extends object>(
  lifetime: Lifetime,
  make: () => Promise<Made>,
  end: (made: Made) => Promise<void>,
): Made {
  const made = {} as Made
  const [before, after] = lifetime === 'test' ? [beforeEach, afterEach] : [beforeAll, afterAll]
  before(async () => void Object.assign(made, await make()))
  after(() => end(made))
  return made
}
