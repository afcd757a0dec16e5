import { readFileSync } from 'node:fs'
import * as Y from 'yjs'
import { z } from 'zod'
import { sendToParent, settledHeap, timed } from '../measure/in-child.ts'
import { type Contender, openContender, sideSchema } from './contenders.ts'

const [side, path] = z.tuple([sideSchema, z.string()]).parse(process.argv.slice(2))

const before = settledHeap()
let bytes: Uint8Array | null = readFileSync(path)
let loaded: Contender | undefined
const loadMs = timed(() => {
  const doc = new Y.Doc()
  if (bytes) Y.applyUpdate(doc, bytes)
  loaded = openContender(side, doc)
})
bytes = null
const heapMb = (settledHeap() - before) / 1_048_576
// After the heap, so that whatever reading makes is not taken for what loading keeps.
const readAllMs = timed(() => {
  if (loaded?.readAll() === 0) throw new Error('nothing was loaded')
})
sendToParent({ loadMs, heapMb, readAllMs })
