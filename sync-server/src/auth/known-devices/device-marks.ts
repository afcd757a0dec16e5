import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Database } from '../../db/tables.ts'

/** Tells devices that signed in to an account before from strangers at the same address. */
export interface DeviceMarks {
  /** What a device keeps from now on: a mark of this sign-in, before its marks of other accounts. */
  add(carried: string, email: string, familyId: string): string
  /** The sign-in by which a device is known to an account; null for a device that is not. */
  signInOf(carried: string, email: string): string | null
  /**
   * A name for the account that a device last signed in to, which does not reveal the account; null for an unknown
   * device.
   */
  accountOf(carried: string): string | null
}

const MAX_MARKS = 4
const KNOWN_MS = 180 * 24 * 60 * 60 * 1000
const MARK = /^([\w-]{16})\.([0-9a-z]{1,11})\.([0-7][0-9A-HJKMNP-TV-Z]{25})\.([\w-]{43})$/

interface Mark {
  readonly text: string
  readonly account: string
  readonly familyId: string
}

/**
 * Marks are signed and kept by the device alone, so that a made-up one costs no query (after OWASP, "Slow Down Online
 * Guessing Attacks with Device Cookies"). Each names the sign-in that it comes from: however often that is renewed, it
 * remains one device with one budget of guesses. A mark is no credential. It ends half a year after its last renewal.
 */
export function createDeviceMarks(key: Buffer, now: () => number): DeviceMarks {
  const sign = (about: string) => createHmac('sha256', key).update(about).digest()
  const accountTag = (email: string) => sign(`account ${email}`).toString('base64url').slice(0, 16)
  const signed = (about: string) => sign(`mark ${about}`)

  function read(text: string): Mark | null {
    const [, account = '', issued = '', familyId = '', mac = ''] = MARK.exec(text) ?? []
    if (account === '' || !timingSafeEqual(signed(`${account}.${issued}.${familyId}`), Buffer.from(mac, 'base64url'))) {
      return null
    }
    const isCurrent = Math.abs(now() - Number.parseInt(issued, 36)) < KNOWN_MS
    return isCurrent ? { text, account, familyId } : null
  }

  const readAll = (carried: string): readonly Mark[] =>
    carried === '' ? [] : carried.split('~', MAX_MARKS).flatMap((text) => read(text) ?? [])

  return {
    add(carried, email, familyId) {
      const account = accountTag(email)
      const about = `${account}.${now().toString(36)}.${familyId}`
      const others = readAll(carried).filter((mark) => mark.account !== account)
      const marks = [`${about}.${signed(about).toString('base64url')}`, ...others.map(({ text }) => text)]
      return marks.slice(0, MAX_MARKS).join('~')
    },
    signInOf(carried, email) {
      const account = accountTag(email)
      return readAll(carried).find((mark) => mark.account === account)?.familyId ?? null
    },
    accountOf: (carried) => readAll(carried)[0]?.account ?? null,
  }
}

const SECRET = 'device-marks'

/** Opens the marks of a database; `secretKey`, where there is one, goes into their key and is never stored. */
export async function openDeviceMarks(deps: {
  readonly db: Database
  readonly now: () => number
  readonly secretKey: Buffer | undefined
}): Promise<DeviceMarks> {
  const { db, now, secretKey } = deps
  await db
    .insertInto('shared_secrets')
    .values({ name: SECRET, value: randomBytes(32) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { value } = await db
    .selectFrom('shared_secrets')
    .select('value')
    .where('name', '=', SECRET)
    .executeTakeFirstOrThrow()
  return createDeviceMarks(
    createHmac('sha256', value)
      .update(secretKey ?? '')
      .digest(),
    now,
  )
}
