import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The strong entity tag of a record's version: the document's seq at which it last changed. */
export function etagOf(version: string): string {
  return `"${version}"`
}

/** The weak entity tag of a list, from everything its content depends on: the newest seqs looked at, and for whom. */
export function listEtag(parts: readonly (string | number | bigint)[]): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(parts.map(String)))
    .digest('base64url')
  return `W/"${digest.slice(0, 22)}"`
}

/**
 * Whether a request may write on this version of a record: its `If-Match` names it, or it has none, since fields merge
 * and do not overwrite. RFC 9110 (13.1.1) asks for a strong comparison; a proxy that compresses answers makes our tags
 * weak, and a version is the same whichever bytes told of it.
 */
export function isMatch(request: FastifyRequest, version: string): boolean {
  const wanted = request.headers['if-match']
  return wanted === undefined || names(wanted, etagOf(version))
}

/** Sets the `ETag` of a GET; true when the client has that version already and was answered 304: return the reply. */
export function answerUnchanged(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  void reply.header('etag', etag).header('cache-control', 'private, no-cache')
  const known = request.headers['if-none-match']
  if (known === undefined) return false
  const isKnown = names(known, etag)
  if (isKnown) void reply.code(304).send()
  return isKnown
}

/** Whether a header of conditions names a tag, as we sent it or as a proxy that compresses has made it. */
function names(header: string, etag: string): boolean {
  if (header.trim() === '*') return true
  const tags: readonly string[] = header.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? []
  return tags.some((tag) => opaque(tag) === opaque(etag))
}

/** nginx makes tags weak (`W/"1"`), Apache and Caddy say in them how the answer is compressed (`"1-gzip"`). */
function opaque(tag: string): string {
  return tag.replace(/^W\//, '').replace(/-(?:gzip|deflate|br|zstd)"$/, '"')
}
