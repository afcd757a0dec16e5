import { writeFileSync } from 'node:fs'
import * as Y from 'yjs'
import { z } from 'zod'
import { sendToParent } from '../measure/in-child.ts'
import { openContender, sideSchema } from './contenders.ts'
import { makeEdits } from './sample-edits.ts'
import { sampleQuests } from './sample-quests.ts'

const [side, path, questCount, editCount] = z
  .tuple([sideSchema, z.string(), z.coerce.number(), z.coerce.number()])
  .parse(process.argv.slice(2))

const quests = sampleQuests(questCount)
const store = openContender(side, new Y.Doc())
for (let from = 0; from < quests.length; from += 1_000) store.add(quests.slice(from, from + 1_000))
makeEdits(quests, editCount, store.edit)
const update = Y.encodeStateAsUpdate(store.doc)
writeFileSync(path, update)
sendToParent({ bytes: update.length })
