import {
  type Guard,
  isBoolean,
  isInteger,
  isMissingOr,
  isOneOf,
  isShape,
  isString,
} from '../domain/kernel/value-shape.ts'

/**
 * Why the server will not take a device's edits. It stays so until something changes: the person, the role, the data. A
 * device finds `content-differs` by itself: it shows something else than the server holds, though both have all
 * updates.
 */
export const refusalReasons = [
  'signed-out',
  'role',
  'not-found',
  'too-large',
  'workspace-full',
  'malformed',
  'foreign-client-id',
  'entry-shape',
  'unsafe-stamp',
  'removal',
  'old-epoch',
  'rate-limited',
  'old-client',
  'content-differs',
] as const
export type RefusalReason = (typeof refusalReasons)[number]
export const isRefusalReason = isOneOf(refusalReasons)

/**
 * Why a document was closed although nothing is wrong with the device's edits. The device runs the handshake again,
 * with a growing pause; nothing unacknowledged was lost, nothing of it may be called saved.
 */
export const retryReasons = ['unavailable', 'resync', 'draining', 'busy'] as const
export type RetryReason = (typeof retryReasons)[number]
const isRetryReason = isOneOf(retryReasons)

/** What a document's close frame or permission-denied message says, once parsed. */
export type DocumentClose =
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly currentEpoch?: number }
  | { readonly kind: 'retry'; readonly reason: RetryReason }

/** The wire text of a refusal: `refused:<reason>`, and `refused:old-epoch:<current epoch>`. */
export function formatRefusal(reason: RefusalReason, currentEpoch?: number): string {
  return reason === 'old-epoch' && currentEpoch !== undefined
    ? `refused:old-epoch:${currentEpoch}`
    : `refused:${reason}`
}

/** The wire text of a close after which the handshake is simply run again: `retry:<reason>`. */
export function formatRetry(reason: RetryReason): string {
  return `retry:${reason}`
}

/** Reads the reason of a close frame or of a permission-denied message. Anything unknown asks for another try. */
export function parseDocumentClose(text: string): DocumentClose {
  const [kind, code, epoch] = text.split(':')
  if (kind === 'refused' && isRefusalReason(code)) {
    const currentEpoch = Number(epoch)
    const known = code === 'old-epoch' && epoch !== undefined && Number.isSafeInteger(currentEpoch)
    return { kind: 'refused', reason: code, ...(known ? { currentEpoch } : {}) }
  }
  return { kind: 'retry', reason: kind === 'retry' && isRetryReason(code) ? code : 'unavailable' }
}

/** The first stateless message of every document connection: the server's clock, and the versions it asks for. */
export interface HelloMessage {
  readonly type: 'hello'
  readonly serverTimeMs: number
  readonly epoch: number
  readonly readerVersion: number
  readonly writerVersion: number
  /** Whether the server answers `DIGEST_REQUEST`. */
  readonly tellsDigest?: boolean | undefined
}

const isVersion: Guard<number> = (value): value is number => isInteger(value) && value > 0

/** Whether a stateless message is the server's hello. */
export const isHelloMessage: Guard<HelloMessage> = isShape({
  type: isOneOf(['hello']),
  serverTimeMs: isInteger,
  epoch: isVersion,
  readerVersion: isVersion,
  writerVersion: isVersion,
  tellsDigest: isMissingOr(isBoolean),
})

/** The stateless message by which a device asks for the digest of what the server holds (R34). */
export const DIGEST_REQUEST = '{"type":"digest"}'

/** The answer, in order with the document's other messages: the digest is of what the device was sent before it. */
export interface DigestMessage {
  readonly type: 'digest'
  readonly digest: string
}

/** Whether a stateless message is such an answer. */
export const isDigestMessage: Guard<DigestMessage> = isShape({ type: isOneOf(['digest']), digest: isString })

/**
 * The stateless message after the commit of an edit that was shown ahead of it, as a step 2 which answers nothing: one
 * for each such frame, in their order.
 */
export const COMMITTED_MESSAGE = '{"type":"committed"}'

/** A workspace document `w:<workspaceId>:<epoch>` or a user document `u:<userId>:<epoch>`. */
export interface DocumentRef {
  readonly kind: 'workspace' | 'user'
  readonly id: string
  readonly epoch: number
}

const documentName = /^(w|u):([0-9A-HJKMNP-TV-Z]{26}):([1-9][0-9]{0,8})$/

/** Parses a document name; null when it is none. */
export function parseDocumentName(name: string): DocumentRef | null {
  const match = documentName.exec(name)
  if (!match?.[2]) return null
  return { kind: match[1] === 'w' ? 'workspace' : 'user', id: match[2], epoch: Number(match[3]) }
}

/** The name of a document on the wire and in the log. */
export function formatDocumentName(ref: DocumentRef): string {
  return `${ref.kind === 'workspace' ? 'w' : 'u'}:${ref.id}:${ref.epoch}`
}
