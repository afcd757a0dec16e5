import type { Database } from '../../db/tables.ts'

export interface IdempotencyDeps {
  readonly db: Database
  readonly now: () => number
}

/** A write as it is recognised when it comes again. */
export interface IdempotentRequest {
  readonly userId: string
  readonly key: string
  readonly fingerprint: Buffer
}

/** An answer as it was sent. */
export interface RecordedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

const KEPT_MS = 24 * 60 * 60 * 1000

/** Rolls a write back whose key another request recorded meanwhile. */
export class KeyTaken extends Error {
  override readonly name = 'KeyTaken'
}

/** The answer a user's key stands for, with the fingerprint of its request; undefined after a day. */
export async function findRecordedAnswer(
  { db, now }: IdempotencyDeps,
  { userId, key }: IdempotentRequest,
): Promise<(RecordedAnswer & { readonly fingerprint: Buffer }) | undefined> {
  return db
    .selectFrom('idempotent_requests')
    .select(['status', 'headers', 'body', 'fingerprint'])
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .where('at', '>', new Date(now() - KEPT_MS))
    .executeTakeFirst()
}

/** Keeps an answer; throws `KeyTaken` when the key stands for one already, after waiting for its transaction. */
export async function recordAnswer(
  { db, now }: IdempotencyDeps,
  { userId, key, fingerprint }: IdempotentRequest,
  answer: RecordedAnswer,
): Promise<void> {
  const { status, body } = answer
  const row = { fingerprint, status, headers: JSON.stringify(answer.headers), body, at: new Date(now()) }
  const written = await db
    .insertInto('idempotent_requests')
    .values({ user_id: userId, key, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'key'])
        .doUpdateSet(row)
        .where('idempotent_requests.at', '<=', new Date(now() - KEPT_MS)),
    )
    .executeTakeFirst()
  if (written.numInsertedOrUpdatedRows !== 1n) throw new KeyTaken('the idempotency key is taken')
}

/** Removes answers older than a day. */
export async function sweepRecordedAnswers({ db, now }: IdempotencyDeps): Promise<void> {
  await db
    .deleteFrom('idempotent_requests')
    .where('at', '<=', new Date(now() - KEPT_MS))
    .execute()
}
