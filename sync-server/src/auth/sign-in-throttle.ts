import { hash } from 'node:crypto'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/tables.ts'

/** Whose secret is tried, and from where. */
export interface Attempt {
  /** As it is stored; for an account that does not exist it is counted all the same. */
  readonly email: string
  readonly address: string
  /** The sign-in by which the device is known to the account already; null for a stranger. */
  readonly device: string | null
}

/** An attempt under way, and the counters it was counted in: nothing else is ever taken back. */
export interface CountedAttempt extends Attempt {
  readonly counters: readonly Buffer[]
}

/** Told to whoever has to wait. */
export interface TooManyAttempts {
  readonly kind: 'too-many-attempts'
  readonly retryAfterMs: number
}

/** Slows guesses of passwords and codes down. */
export interface SignInThrottle {
  /** Counts an attempt as failed before it is tried, so that many at the same time count too; or tells how long to wait. */
  begin(attempt: Attempt): Promise<Result<CountedAttempt, TooManyAttempts>>
  /** Forgets the failures that an attempt was counted with, after it succeeded. */
  succeeded(attempt: CountedAttempt): Promise<void>
  /** Takes the count back of an attempt that was not tried after all. */
  withdraw(attempt: CountedAttempt): Promise<void>
  /** Removes what is too old to matter. */
  sweep(): Promise<void>
}

export interface SignInThrottleDeps {
  readonly db: Database
  readonly now: () => number
  /** Failures of one account from one address that cost nothing. */
  readonly freeFailures: number
}

const DAY_MS = 24 * 60 * 60 * 1000
const MAX_WAIT_SECONDS = 15 * 60
const KNOWN_ADDRESS_MS = 60 * DAY_MS
const FREE_FOR_ADDRESS = 6
const FREE_FOR_ACCOUNT = 10

/** Undoes what was counted in the same transaction. */
class Refused extends Error {
  readonly retryAfterMs: number

  constructor(retryAfterMs: number) {
    super('too many attempts')
    this.retryAfterMs = retryAfterMs
  }
}

/**
 * Delays that double with every failure, counted for the account from this address, for the address over all accounts, and
 * for the account over all addresses. The last does not count where the account signed in from before: whoever keeps
 * guessing from everywhere must not keep its owner out. A device that is known to the account counts for itself alone:
 * nothing that strangers do keeps it waiting, and its own guesses are bounded as theirs are. Kept in the database, for all nodes and over restarts; the keys
 * are hashes.
 */
export function createSignInThrottle(deps: SignInThrottleDeps): SignInThrottle {
  const { db, now, freeFailures } = deps

  /** Counts one more failure, unless the key has to wait: then it answers how long. */
  async function count(transaction: Database, key: Buffer, free: number): Promise<number> {
    const at = new Date(now())
    // Nobody waits longer: a later date was counted before the clock was set back.
    const longest = new Date(now() + MAX_WAIT_SECONDS * 1000)
    const failures = sql<number>`case when attempt.last_at < ${new Date(now() - DAY_MS)} then 1 else attempt.failures + 1 end`
    const { rows } = await sql`insert into sign_in_attempts as attempt (key, failures, last_at, next_at)
      values (${key}, 1, ${at}, ${nextAt(at, sql<number>`1`, free)})
      on conflict (key) do update
        set failures = ${failures}, last_at = excluded.last_at, next_at = ${nextAt(at, failures, free)}
        where attempt.next_at <= ${at} or attempt.next_at > ${longest}
      returning key`.execute(transaction)
    if (rows.length > 0) return 0
    const row = await transaction
      .selectFrom('sign_in_attempts')
      .select('next_at')
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
    return Math.max(1, row.next_at.getTime() - now())
  }

  async function isKnown(transaction: Database, { email, address }: Attempt): Promise<boolean> {
    const known = await transaction
      .selectFrom('sign_in_attempts')
      .select('key')
      .where('key', '=', keyOf('known', email, address))
      .where('last_at', '>', new Date(now() - KNOWN_ADDRESS_MS))
      .executeTakeFirst()
    return known !== undefined
  }

  /** What an attempt counts against, each with the failures that cost nothing. */
  async function countersOf(transaction: Database, attempt: Attempt): Promise<{ key: Buffer; free: number }[]> {
    const { email, address, device } = attempt
    if (device !== null) return [{ key: keyOf('device', email, device), free: freeFailures }]
    const counters = [
      { key: keyOf('pair', email, address), free: freeFailures },
      { key: keyOf('address', address), free: freeFailures * FREE_FOR_ADDRESS },
    ]
    if (await isKnown(transaction, attempt)) return counters
    return [...counters, { key: keyOf('account', email), free: freeFailures * FREE_FOR_ACCOUNT }]
  }

  return {
    async begin(attempt) {
      try {
        const counters = await db.transaction().execute(async (transaction) => {
          const counted = await countersOf(transaction, attempt)
          // In one order everywhere, or two attempts would wait for each other.
          counted.sort((one, other) => one.key.compare(other.key))
          for (const { key, free } of counted) {
            const waitMs = await count(transaction, key, free)
            if (waitMs > 0) throw new Refused(waitMs)
          }
          return counted.map(({ key }) => key)
        })
        return ok({ ...attempt, counters })
      } catch (error) {
        if (error instanceof Refused) return err({ kind: 'too-many-attempts', retryAfterMs: error.retryAfterMs })
        throw error
      }
    },

    async succeeded({ email, address, device, counters }) {
      const at = new Date(now())
      const ofAddress = keyOf('address', address)
      const own = counters.filter((key) => !key.equals(ofAddress))
      await db.deleteFrom('sign_in_attempts').where('key', 'in', own).execute()
      if (device === null) {
        // Only its own attempt: signing in to one's own account must not buy guesses at other people's.
        await db
          .updateTable('sign_in_attempts')
          .set((row) => ({ failures: row('failures', '-', 1), next_at: at }))
          .where('key', '=', ofAddress)
          .where('failures', '>', 0)
          .execute()
      }
      await db
        .insertInto('sign_in_attempts')
        .values({ key: keyOf('known', email, address), failures: 0, last_at: at, next_at: at })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ last_at: at }))
        .execute()
    },

    async withdraw({ counters }) {
      await db
        .updateTable('sign_in_attempts')
        .set((row) => ({ failures: row('failures', '-', 1), next_at: new Date(now()) }))
        .where('key', 'in', counters)
        .where('failures', '>', 0)
        .execute()
    },

    async sweep() {
      await db
        .deleteFrom('sign_in_attempts')
        .where((row) =>
          row.or([
            row.and([row('failures', '>', 0), row('last_at', '<', new Date(now() - DAY_MS))]),
            row('last_at', '<', new Date(now() - KNOWN_ADDRESS_MS)),
          ]),
        )
        .execute()
    },
  }
}

/** When the next attempt may come: at any time while failures are free, then after a second, two, four … */
function nextAt(at: Date, failures: RawBuilder<number>, free: number): RawBuilder<unknown> {
  // Long ago and not now: attempts at the same time reach the row in any order.
  return sql`case when ${failures} < ${free}::int then to_timestamp(0)
    else ${at}::timestamptz + make_interval(secs => least(${MAX_WAIT_SECONDS}::int, power(2, least(${failures} - ${free}::int, 20)))) end`
}

function keyOf(...parts: readonly string[]): Buffer {
  return hash('sha256', JSON.stringify(parts), 'buffer')
}
