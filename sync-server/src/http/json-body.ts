import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HttpProblem } from './http-problem.ts'
import { findJsonFlaw } from './json-flaw.ts'

/**
 * Reads bodies of JSON in UTF-8 and nothing else: an empty one is absent; what parsers read in different ways, and
 * what is nested deeply, is refused before it is parsed.
 */
export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    refuseOtherCharset(request.headers['content-type'] ?? '')
    const text = decode(body)
    if (text.trim() === '') return undefined
    const flaw = findJsonFlaw(text)
    if (flaw !== undefined) throw new HttpProblem('invalid-request', [flaw])
    try {
      return JSON.parse(text) as unknown
    } catch {
      throw new HttpProblem('invalid-request', [{ path: '', message: 'is not JSON' }])
    }
  })
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(body: Buffer): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new HttpProblem('invalid-request', [{ path: '', message: 'is not UTF-8' }])
  }
}

function refuseOtherCharset(contentType: string): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1]
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw new HttpProblem('unsupported-media-type')
}
