import { readFileSync } from 'node:fs'
import * as Y from 'yjs'
import { z } from 'zod'
import { sendToParent, timed } from '../measure/in-child.ts'
import { openContender, sideSchema } from './contenders.ts'
import { makeEdits } from './sample-edits.ts'
import { sampleQuests } from './sample-quests.ts'

const WARM_UP = 500
const EDITS = 2_000

const [side, path, quests] = z.tuple([sideSchema, z.string(), z.coerce.number()]).parse(process.argv.slice(2))
const doc = new Y.Doc()
Y.applyUpdate(doc, readFileSync(path))
const store = openContender(side, doc)

const samples: number[] = []
makeEdits(sampleQuests(quests), WARM_UP + EDITS, (id, field, value) => {
  samples.push(timed(() => store.edit(id, field, value)))
})
sendToParent({ editMs: samples.slice(WARM_UP) })
