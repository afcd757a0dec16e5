import { createHash, randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { ChallengePurpose } from '../../db/tables/sign-in-methods.ts'
import type { Database } from '../../db/tables.ts'

export interface ChallengeDeps {
  readonly db: Database
  readonly now: () => number
}

export interface Challenge<Content> {
  readonly userId: string | null
  readonly content: Content
}

const SWEPT_AT_ONCE = 100

/** Keeps a step for a while and answers the token that stands for it: 32 random bytes in base64url, stored hashed. */
export async function issueChallenge(
  deps: ChallengeDeps,
  step: {
    readonly purpose: ChallengePurpose
    readonly userId: string | null
    readonly content: object
    readonly lifeMs: number
  },
): Promise<string> {
  await sweepExpired(deps)
  const token = randomBytes(32).toString('base64url')
  await deps.db
    .insertInto('sign_in_challenges')
    .values({
      hash: hashOf(token),
      purpose: step.purpose,
      user_id: step.userId,
      content: JSON.stringify(step.content),
      expires_at: new Date(deps.now() + step.lifeMs),
    })
    .execute()
  return token
}

/** Takes a step away, so that its token is good once; undefined for one that is unknown, over, or of another purpose. */
export async function takeChallenge<Schema extends z.ZodType>(
  deps: ChallengeDeps,
  purpose: ChallengePurpose,
  token: string,
  schema: Schema,
): Promise<Challenge<z.infer<Schema>> | undefined> {
  const row = await deps.db
    .deleteFrom('sign_in_challenges')
    .where('hash', '=', hashOf(token))
    .where('purpose', '=', purpose)
    .where('expires_at', '>', new Date(deps.now()))
    .returning(['user_id', 'content'])
    .executeTakeFirst()
  return row === undefined ? undefined : { userId: row.user_id, content: schema.parse(row.content) }
}

/** Counts an attempt at a step that may be tried a few times; undefined when it is over or was tried too often. */
export async function attemptChallenge(
  deps: ChallengeDeps,
  purpose: ChallengePurpose,
  token: string,
  maxAttempts: number,
): Promise<{ readonly userId: string | null } | undefined> {
  const row = await deps.db
    .updateTable('sign_in_challenges')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('hash', '=', hashOf(token))
    .where('purpose', '=', purpose)
    .where('expires_at', '>', new Date(deps.now()))
    .where('attempts', '<', maxAttempts)
    .returning('user_id')
    .executeTakeFirst()
  return row === undefined ? undefined : { userId: row.user_id }
}

/** Removes whatever an account began: what guards it has changed. */
export async function dropChallenges(db: Database, userId: string, purpose: ChallengePurpose): Promise<void> {
  await db.deleteFrom('sign_in_challenges').where('user_id', '=', userId).where('purpose', '=', purpose).execute()
}

/** A few at a time, with each new one: no step outlives its end by much, and no timer is needed. */
async function sweepExpired({ db, now }: ChallengeDeps): Promise<void> {
  await db
    .deleteFrom('sign_in_challenges')
    .where('hash', 'in', (eb) =>
      eb
        .selectFrom('sign_in_challenges')
        .select('hash')
        .where('expires_at', '<', new Date(now()))
        .limit(SWEPT_AT_ONCE)
        .forUpdate()
        .skipLocked(),
    )
    .execute()
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
