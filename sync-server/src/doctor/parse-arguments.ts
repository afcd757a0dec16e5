import { parseArgs } from 'node:util'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'

/** What the doctor is asked to do. Without `write` nothing in the database changes. */
export type Task = { readonly write: boolean; readonly document: string | null } & (
  | { readonly kind: 'check' | 'retry' }
  | { readonly kind: 'drop'; readonly document: string; readonly seq: number; readonly directory: string }
  | { readonly kind: 'export'; readonly document: string; readonly directory: string }
)

export const usage = `npm run doctor                              check every document, list what is set aside
npm run doctor -- <document>                check one
npm run doctor -- --retry [<document>]      try again what is set aside
npm run doctor -- --drop <document> <seq>   give one up for good; its bytes go to a file
npm run doctor -- --export <document>       write what is set aside, and the document as it is served, to files

A document is named w:<workspace>:<epoch> or u:<user>:<epoch>.
--write      do it; without it the doctor only tells what it would do. A check sets aside what it finds.
--to <dir>   where files go; the directory of this program without it
Ends with 0 when all is well, 1 when something is set aside or cannot be read, 2 when it cannot be told.
`

/** Reads the command line; a failure is what to tell the operator. */
export function parseArguments(given: readonly string[]): Result<Task, string> {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(given)
  } catch (error) {
    return err(`${error instanceof Error ? error.message : error}\n\n${usage}`)
  }
  const { values, positionals } = parsed
  const [document = null, place] = positionals
  const write = values.write === true
  const directory = values.to ?? '.'
  const kinds = (['retry', 'drop', 'export'] as const).filter((kind) => values[kind] === true)
  const [kind = 'check'] = kinds
  if (kinds.length > 1 || positionals.length > (kind === 'drop' ? 2 : 1)) return err(usage)
  if (kind === 'check' || kind === 'retry') return ok({ kind, document, write })
  if (document === null) return err(usage)
  if (kind === 'export') return ok({ kind, document, write, directory })
  const seq = Number(place)
  return Number.isSafeInteger(seq) && seq > 0 ? ok({ kind, document, seq, write, directory }) : err(usage)
}

function parse(given: readonly string[]) {
  return parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      retry: { type: 'boolean' },
      drop: { type: 'boolean' },
      export: { type: 'boolean' },
      write: { type: 'boolean' },
      to: { type: 'string' },
    },
  })
}
