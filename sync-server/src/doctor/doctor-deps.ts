import type pg from 'pg'
import type { Logger } from 'pino'
import type { DocumentCipher } from '../log/document-cipher.ts'

export interface DoctorDeps {
  readonly pool: pg.Pool
  readonly cipher: DocumentCipher
  readonly logger: Logger
  /** Takes the lines of the report, one by one. */
  readonly tell: (line: string) => void
}
