import * as Y from 'yjs'
import { parseDocumentName } from '../../protocol/documents.ts'
import type { FetchFinal } from '../ports/fetch-final.ts'

/** The part of the platforms' `fetch` that answers with bytes. */
export type FetchBytes = (
  url: string,
  init: { readonly method: 'GET'; readonly headers: Record<string, string>; readonly credentials: 'include' },
) => Promise<{ readonly status: number; arrayBuffer(): Promise<ArrayBuffer> }>

export interface FinalStatesDeps {
  readonly fetch: FetchBytes
  /** The server's origin, without a slash at the end; empty for the page's own. */
  readonly baseUrl: string
  readonly accessToken: (rejected?: string) => Promise<string | null>
}

/** No usable answer came: the final state may be there, and is asked for later. */
class NoAnswer extends Error {
  constructor(what: string, cause?: unknown) {
    super(`The server has not told the final state: ${what}`, { cause })
    this.name = 'NoAnswer'
  }
}

/** Asks for an epoch's final state over REST. A token that is refused is renewed once. */
export function createFetchFinal({ fetch, baseUrl, accessToken }: FinalStatesDeps): FetchFinal {
  return async (documentName) => {
    const document = parseDocumentName(documentName)
    if (document?.kind !== 'workspace') return null
    const url = `${baseUrl}/api/v1/workspaces/${document.id}/epochs/${document.epoch}/final`
    let rejected: string | undefined
    for (;;) {
      const token = await accessToken(rejected)
      if (token === null) throw new NoAnswer('nobody is signed in')
      const headers = { authorization: `Bearer ${token}` }
      const answer = await fetch(url, { method: 'GET', headers, credentials: 'include' })
      if (answer.status === 200) return readUpdate(await answer.arrayBuffer())
      if (answer.status === 404) return null
      if (answer.status !== 401 || rejected !== undefined) throw new NoAnswer(`status ${answer.status}`)
      rejected = token
    }
  }
}

/** A proxy or a captive portal may answer in the server's place. */
function readUpdate(bytes: ArrayBuffer): Uint8Array {
  const update = new Uint8Array(bytes)
  try {
    Y.decodeUpdate(update)
  } catch (cause) {
    throw new NoAnswer('the answer is no update', cause)
  }
  return update
}
