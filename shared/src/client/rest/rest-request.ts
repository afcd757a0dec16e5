import type { z } from 'zod'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import type { Problem } from '../../protocol/problem.ts'

/** The part of the platforms' `fetch` the client uses; `shared` is compiled without the DOM's types. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string
    readonly headers: Record<string, string>
    readonly body?: string
    readonly credentials: 'include'
  },
) => Promise<{ readonly ok: boolean; readonly status: number; text(): Promise<string> }>

/** Where requests go, and how. */
export interface RestServer {
  readonly fetch: Fetch
  /** The server's origin, without a slash at the end; empty for the page's own. */
  readonly baseUrl: string
  /** Told when the code that reads an answer cannot be fetched, which a browser may not try a second time. */
  readonly onPartMissing?: (cause: unknown) => void
}

/** Why a request has no answer to use. */
export type RequestError =
  /** No answer came, or none of this server's: try again later. */
  { readonly kind: 'unreachable' } | { readonly kind: 'problem'; readonly problem: Problem }

export interface RestRequest<Schema extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`. */
  readonly path: string
  readonly body?: unknown
  readonly token?: string
  /** The answer's schema, or the way to fetch it when it is needed: the first paint can do without schemas. */
  readonly answer: Schema | (() => Promise<Schema>)
}

/** For a request whose answer is not looked at. */
export const anyAnswer = async () => (await import('zod')).z.unknown()

/** For a request whose answer is empty. */
export const noAnswer = async () => (await import('zod')).z.null()

/**
 * Sends a request and parses the answer. An answer that is neither what was asked for nor a problem document
 * (a proxy's error page, a captive portal) counts as unreachable.
 */
export async function sendRequest<Schema extends z.ZodType>(
  deps: RestServer,
  request: RestRequest<Schema>,
): Promise<Result<z.infer<Schema>, RequestError>> {
  try {
    // Before anything is sent: what changes something on the server must not end in an answer that cannot be read.
    const [schema, { problemSchema }] = await Promise.all([
      typeof request.answer === 'function' ? request.answer() : request.answer,
      import('../../protocol/problem.ts'),
    ]).catch((cause: unknown) => {
      deps.onPartMissing?.(cause)
      throw cause
    })
    const response = await deps.fetch(`${deps.baseUrl}/api/v1${request.path}`, {
      method: request.method,
      headers: {
        accept: 'application/json',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      credentials: 'include',
    })
    return readAnswer(schema, problemSchema, response.ok, await response.text())
  } catch {
    return err({ kind: 'unreachable' })
  }
}

function readAnswer<Schema extends z.ZodType>(
  schema: Schema,
  problemSchema: z.ZodType<Problem>,
  isOk: boolean,
  text: string,
): Result<z.infer<Schema>, RequestError> {
  const json: unknown = text === '' ? null : JSON.parse(text)
  if (isOk) {
    const answer = schema.safeParse(json)
    return answer.success ? ok(answer.data) : err({ kind: 'unreachable' })
  }
  const problem = problemSchema.safeParse(json)
  return err(problem.success ? { kind: 'problem', problem: problem.data } : { kind: 'unreachable' })
}
