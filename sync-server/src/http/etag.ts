import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from './http-problem.ts'

/** The strong entity tag of a record: the document's seq at which it last changed. */
export function etagOf(seq: bigint | number | string): string {
  return `"${seq}"`
}

/** The weak entity tag of a list, from everything its content depends on: the newest seqs looked at, and for whom. */
export function listEtag(parts: readonly (string | number | bigint)[]): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(parts.map(String)))
    .digest('base64url')
  return `W/"${digest.slice(0, 22)}"`
}

/**
 * Refuses a write as `precondition-failed` when its `If-Match` names another version than the record's (RFC 9110,
 * 13.1.1: strong comparison). Without the header the write goes through: fields merge, they do not overwrite.
 */
export function requireMatch(request: FastifyRequest, seq: bigint | number | string): void {
  if (!isMatch(request, seq)) throw new HttpProblem('precondition-failed')
}

/** Whether a request may write on this version of a record: its `If-Match` names it, or it has none. */
export function isMatch(request: FastifyRequest, seq: bigint | number | string): boolean {
  const wanted = request.headers['if-match']
  return wanted === undefined || wanted.trim() === '*' || tagsOf(wanted).includes(etagOf(seq))
}

/** Sets the `ETag` of a GET; true when the client has that version already and was answered 304: return the reply. */
export function answerUnchanged(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  void reply.header('etag', etag).header('cache-control', 'private, no-cache')
  const known = request.headers['if-none-match']
  if (known === undefined) return false
  const opaque = (tag: string) => tag.replace(/^W\//, '')
  const isKnown = known.trim() === '*' || tagsOf(known).some((tag) => opaque(tag) === opaque(etag))
  if (isKnown) void reply.code(304).send()
  return isKnown
}

function tagsOf(header: string): readonly string[] {
  return header.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? []
}
