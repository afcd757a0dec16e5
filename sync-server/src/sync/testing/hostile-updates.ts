import { createEncoder, toUint8Array, writeUint8, writeUint8Array, writeVarString, writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'

/** A struct as somebody may write it by hand, whether or not Yjs would. */
export interface RawStruct {
  readonly content:
    | { readonly kind: 'collected' | 'deleted' | 'skip'; readonly length: number }
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'entries'; readonly values: readonly unknown[] }
  readonly origin?: readonly [client: number, clock: number] | undefined
  readonly rightOrigin?: readonly [client: number, clock: number] | undefined
  readonly root?: string | undefined
}

/** The structs of one client from a clock on. */
export interface RawRun {
  readonly client: number
  readonly clock: number
  readonly structs: readonly RawStruct[]
}

export type RawDeletion = readonly [client: number, clock: number, length: number]

const refs = { collected: 0, deleted: 1, entries: 2, text: 4, skip: 10 } as const

/** Writes an update in Yjs' first encoding out of any parts. */
export function rawUpdate(runs: readonly RawRun[], deletions: readonly RawDeletion[] = []): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, runs.length)
  for (const { client, clock, structs } of runs) {
    for (const part of [structs.length, client, clock]) writeVarUint(encoder, part)
    for (const struct of structs) writeUint8Array(encoder, rawStruct(struct))
  }
  const byClient = Map.groupBy(deletions, ([client]) => client)
  writeVarUint(encoder, byClient.size)
  for (const [client, ranges] of byClient) {
    for (const part of [client, ranges.length]) writeVarUint(encoder, part)
    for (const [, clock, length] of ranges) for (const part of [clock, length]) writeVarUint(encoder, part)
  }
  return toUint8Array(encoder)
}

function rawStruct({ content, origin, rightOrigin, root }: RawStruct): Uint8Array {
  const encoder = createEncoder()
  const isPlain = content.kind === 'collected' || content.kind === 'skip'
  writeUint8(encoder, refs[content.kind] | (!isPlain && origin ? 128 : 0) | (!isPlain && rightOrigin ? 64 : 0))
  if (!isPlain) {
    for (const id of [origin, rightOrigin]) for (const part of id ?? []) writeVarUint(encoder, part)
    if (!origin && !rightOrigin) {
      writeVarUint(encoder, 1)
      writeVarString(encoder, root ?? 'note:a')
    }
  }
  if (content.kind === 'text') writeVarString(encoder, content.text)
  else if (content.kind === 'entries') {
    writeVarUint(encoder, content.values.length)
    for (const value of content.values) writeVarString(encoder, JSON.stringify(value))
  } else writeVarUint(encoder, content.length)
  return toUint8Array(encoder)
}

/** An update read back into parts, to change them. */
export function rawParts(update: Uint8Array): { runs: RawRun[]; deletions: RawDeletion[] } {
  const { structs, ds } = Y.decodeUpdate(update)
  const runs = Array.from(
    Map.groupBy(structs, ({ id }) => id.client),
    ([client, ofClient]) => ({ client, clock: ofClient[0]?.id.clock ?? 0, structs: ofClient.map(rawOf) }),
  )
  const deletions = [...ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }): RawDeletion => [client, clock, len]),
  )
  return { runs, deletions }
}

function rawOf(struct: Y.Item | Y.GC | Y.Skip): RawStruct {
  if (struct instanceof Y.Skip) return { content: { kind: 'skip', length: struct.length } }
  if (struct instanceof Y.GC) return { content: { kind: 'collected', length: struct.length } }
  const { origin, rightOrigin, parent, content, length } = struct
  return {
    content:
      content instanceof Y.ContentString
        ? { kind: 'text', text: content.str }
        : content instanceof Y.ContentDeleted
          ? { kind: 'deleted', length }
          : { kind: 'entries', values: content.getContent() },
    origin: origin ? [origin.client, origin.clock] : undefined,
    rightOrigin: rightOrigin ? [rightOrigin.client, rightOrigin.clock] : undefined,
    root: typeof parent === 'string' ? parent : undefined,
  }
}
