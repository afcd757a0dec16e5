import { readFileSync } from 'node:fs'
import { decide } from '@questlog/shared/domain/commands/decide'
import { createProjection } from '@questlog/shared/store/projection'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import * as Y from 'yjs'
import { z } from 'zod'
import { sendToParent, timed } from '../measure/in-child.ts'
import { seededRandom } from '../measure/random.ts'

const WARM_UP = 500
const COMMANDS = 2_000

const [path] = z.tuple([z.string()]).parse(process.argv.slice(2))
const doc = new Y.Doc()
Y.applyUpdate(doc, readFileSync(path))
doc.on('update', () => undefined)
const document = openQuestDocument(doc, { now: Date.now })
const projection = createProjection(document)
const onScreen = { kind: 'all' } as const
projection.subscribeList(onScreen, () => undefined)

const random = seededRandom(3)
const samples: number[] = []
for (let n = 0; n < WARM_UP + COMMANDS; n += 1) samples.push(timeCommand(n))
sendToParent({ editMs: samples.slice(WARM_UP) })

/** A command as the app runs it: decided, written, projected, and the list on the screen read again. */
function timeCommand(n: number): number {
  const ids = projection.list(onScreen)
  const id = ids[Math.floor(random() * ids.length)]
  if (id === undefined) throw new Error('the document holds no quests')
  return timed(() => {
    const context = { now: Date.now(), tz: 'UTC', dayStartHour: 0, userId: null, random, readOnly: false }
    const decided = decide(projection, { kind: 'editQuest', id, fields: { title: `Reworded ${n}` } }, context)
    if (!decided.ok) throw new Error(`refused: ${decided.error.code}`)
    document.write(decided.value)
    projection.list(onScreen)
  })
}
