import type { Kysely } from 'kysely'

/** One step of the schema. It runs once, inside its own transaction; it must not commit by itself. */
export interface Migration {
  /** `0001-document-log`: four digits in order, then what it brings. Never renamed once released. */
  readonly name: string
  readonly up: (transaction: Kysely<unknown>) => Promise<void>
}
