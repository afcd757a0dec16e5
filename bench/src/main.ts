import { benchFairShare } from './fair/fair-shares.ts'
import { benchRest } from './rest/rest-mix.ts'
import { benchAged } from './store/aged.ts'
import { benchEdit } from './store/edit.ts'
import { benchHistory } from './store/history.ts'
import { benchLoad } from './store/load.ts'
import { benchNotes } from './store/notes.ts'
import { benchAgedServer } from './sync/aged-server.ts'
import { benchDurableEdit } from './sync/durable-edit.ts'
import { benchComplete, benchFirstPaint } from './web/app-speed.ts'
import { benchFirstJavascript } from './web/first-javascript.ts'

/** Every bench by name, in the order of the budgets; a word on the command line picks all whose names begin with it. */
const benches: Readonly<Record<string, () => Promise<void>>> = {
  'store-load': benchLoad,
  'store-edit': benchEdit,
  'store-history': benchHistory,
  'store-aged': benchAged,
  'notes-100k': benchNotes,
  'sync-1000': () => benchDurableEdit({ sockets: 1_000, isShared: false }, 3),
  'sync-shared-1000': () => benchDurableEdit({ sockets: 1_000, isShared: true }, 3),
  'sync-10000': () => benchDurableEdit({ sockets: 10_000, isShared: false }, 8),
  'sync-aged': benchAgedServer,
  rest: benchRest,
  'fair-updates': () => benchFairShare('updates'),
  'fair-presence': () => benchFairShare('presence'),
  'fair-step-ones': () => benchFairShare('step-ones'),
  'fair-rest': () => benchFairShare('rest'),
  'fair-opens': () => benchFairShare('opens'),
  'fair-slow-readers': () => benchFairShare('slow-readers'),
  'web-paint': benchFirstPaint,
  'web-complete': benchComplete,
  'web-javascript': benchFirstJavascript,
}

const wanted = process.argv.slice(2)
const chosen = Object.keys(benches).filter(
  (name) => wanted.length === 0 || wanted.some((word) => `${name}-`.startsWith(`${word}-`)),
)
if (chosen.length === 0) {
  console.error(`There is no such bench. There are: ${Object.keys(benches).join(', ')}.`)
  process.exitCode = 1
}
for (const name of chosen) await benches[name]?.()
