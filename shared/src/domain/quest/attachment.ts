import { mapOf } from '../fields/value-types.ts'
import { isCount } from '../kernel/value-shape.ts'

/** What is known of an attached file; its bytes are elsewhere. */
export interface Attachment {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Media type. */
  readonly type: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/** The attached files of a quest by id. */
export const attachments = mapOf('attachments', {
  keyOf: (key) => key,
  read: (stored) => (isAttachment(stored) ? stored : undefined),
  store: (attachment: Attachment) => ({ ...attachment }),
})

function isAttachment(value: unknown): value is Attachment {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'size' in value &&
    isCount(value.size) &&
    'type' in value &&
    typeof value.type === 'string' &&
    'sha256' in value &&
    typeof value.sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(value.sha256)
  )
}
