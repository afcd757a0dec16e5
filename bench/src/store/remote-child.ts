import { readFileSync } from 'node:fs'
import * as Y from 'yjs'
import { z } from 'zod'
import { sendToParent, timed } from '../measure/in-child.ts'
import { openContender, sideSchema } from './contenders.ts'
import { makeEdits } from './sample-edits.ts'
import { sampleQuests } from './sample-quests.ts'

const WARM_UP = 500
const EDITS = 2_000

/** Takes in, one by one, the edits of another device. */
const [side, path, quests] = z.tuple([sideSchema, z.string(), z.coerce.number()]).parse(process.argv.slice(2))
const [author, reader] = [new Y.Doc(), new Y.Doc()]
for (const doc of [author, reader]) Y.applyUpdate(doc, readFileSync(path))
const store = openContender(side, author)
openContender(side, reader)
const updates: Uint8Array[] = []
author.on('update', (update: Uint8Array) => updates.push(update))
makeEdits(sampleQuests(quests), WARM_UP + EDITS, store.edit)
const samples = updates.map((update) => timed(() => Y.applyUpdate(reader, update)))
sendToParent({ editMs: samples.slice(WARM_UP) })
